"""Forms of the library's screens."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forms.builder.library.models import FormTemplate
from forms.builder.schema import FormSchema


class KeepForm(forms.Form):
    """What to keep, under which name, and what stays locked."""

    title = forms.CharField(label=_("Name of the template"), max_length=100)
    description = forms.CharField(
        label=_("Description"),
        max_length=300,
        required=False,
        help_text=_("What it is for and who looks after it."),
        widget=forms.Textarea({"rows": 2}),
    )
    keys = forms.MultipleChoiceField(label=_("Questions"))
    locked = forms.MultipleChoiceField(label=_("Locked"), required=False)

    def __init__(self, *args: Any, schema: FormSchema, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schema = schema
        fields: dict[str, Any] = self.fields
        for name in ("keys", "locked"):
            fields[name].choices = [(one.key, one.label) for one in schema]
        fields["keys"].error_messages["required"] = _("Choose at least one question.")

    def clean_title(self) -> str:
        """Refuse a name that is taken."""
        title = str(self.cleaned_data["title"])
        if FormTemplate.objects.filter(title=title).exists():
            raise ValidationError(gettext("A template of this name exists already. Choose another name."))
        return title

    def rows(self) -> list[dict[str, Any]]:
        """Each question with whether it is ticked, for the page."""
        data: Any = self.data
        chosen = data.getlist("keys") if self.is_bound else [one.key for one in self.schema]
        locked = data.getlist("locked") if self.is_bound else []
        return [{"question": one, "chosen": one.key in chosen, "locked": one.key in locked} for one in self.schema]


class InsertForm(forms.Form):
    """Which template, and where it goes."""

    template = forms.ModelChoiceField(
        label=_("Template"), queryset=FormTemplate.objects.none(), empty_label=_("Please choose")
    )
    after = forms.ChoiceField(label=_("Where to insert"), required=False)

    def __init__(self, *args: Any, schema: FormSchema, templates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["template"].queryset = templates
        behind = [(one.key, gettext("Behind “%(question)s”") % {"question": one.label}) for one in schema]
        fields["after"].choices = [("", _("At the end")), *behind]
