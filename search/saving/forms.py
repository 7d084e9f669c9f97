"""Naming a search, and choosing how to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.saving.enums import Cadence
from search.saving.models import LONGEST_NAME, SavedSearch
from search.text import clean


class SavedSearchForm(forms.Form):
    """A name and an alert; `revision` is the one that was shown."""

    name = forms.CharField(label=pgettext_lazy("saved search", "Name"), max_length=LONGEST_NAME)
    cadence = forms.ChoiceField(
        label=_("Tell me of new results"),
        choices=Cadence.choices,
        widget=forms.RadioSelect,
        help_text=_("In the inbox and, as you chose for your account, by e-mail; all your searches in one message."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def clean_name(self) -> str:
        """A name that can be seen."""
        name = clean(str(self.cleaned_data["name"]))
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"], code="required")
        return name

    def refuse_name(self, other: SavedSearch) -> None:
        """Say beside the field which search has the name already."""
        said = _("You keep another search called “%(name)s”. Please choose another name.") % {"name": other.name}
        self.add_error("name", said)

    def given(self) -> dict[str, Any]:
        """Name and cadence; only of a form that is valid."""
        return {"name": self.cleaned_data["name"], "cadence": Cadence(self.cleaned_data["cadence"])}
