"""What the pages of versions take from the browser."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forms.builder.models import FormVersion

MOVE, KEEP = "move", "keep"


class PublishForm(forms.Form):
    """The last questions before a version is made."""

    note = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=FormVersion._meta.get_field("note").max_length,
        help_text=_("One line for the list of versions, for those who fill the form in and for yourself in a year."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    drafts = forms.ChoiceField(
        label=_("Reports in progress"),
        choices=[
            (MOVE, _("Drafts, returned reports and reports not begun use the new version")),
            (KEEP, _("They keep the version they have; only periods that open later use the new one")),
        ],
        initial=MOVE,
        required=False,
        widget=forms.RadioSelect,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @property
    def moves(self) -> bool:
        """Whether drafts go over to the new version."""
        return self.cleaned_data.get("drafts") == MOVE


class WidenForm(forms.Form):
    """Which question becomes what."""

    path = forms.CharField(max_length=130)
    type = forms.SlugField(max_length=40)


class ReuseForm(forms.Form):
    """Which question takes its answer from where."""

    key = forms.CharField(max_length=64)
    form = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    field = forms.CharField(max_length=64)


class PairForm(forms.Form):
    """Which two versions are compared: numbers, or "draft"."""

    old = forms.ChoiceField(label=_("Earlier"), widget=forms.Select)
    new = forms.ChoiceField(label=_("Later"), widget=forms.Select)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for field in fields.values():
            field.choices = choices
