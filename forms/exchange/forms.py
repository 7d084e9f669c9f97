"""Forms of the import in the Wagtail admin."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from forms.builder.models import FormIndexPage
from forms.exchange.imported import ImportRefusedError
from forms.exchange.services import check_slug


class FormFileForm(forms.Form):
    """The upload of a form."""

    file = forms.FileField(
        label=_("form"),
        help_text=_("JSON of this or another portal, or an XLSForm workbook (.xlsx); at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".json,.xlsx"}),
        error_messages={"required": _("No file was chosen. Choose the form that you want to import.")},
    )


class CreateForm(forms.Form):
    """Where the form goes, and under which name."""

    slug = forms.CharField(
        label=_("name in addresses"),
        max_length=255,
        help_text=_("Letters, digits, - and _; no other page of the folder may have it."),
        error_messages={"required": _("Please give a name for the address.")},
    )
    folder = forms.ModelChoiceField(
        label=_("folder"),
        queryset=FormIndexPage.objects.none(),
        empty_label=None,
        error_messages={"required": _("Please choose a folder.")},
    )

    def __init__(self, *args: Any, folders: Sequence[FormIndexPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField = self.fields["folder"]  # type: ignore[assignment]
        field.queryset = FormIndexPage.objects.filter(pk__in=[folder.pk for folder in folders]).order_by("path")
        if len(folders) == 1:
            field.widget, field.initial = forms.HiddenInput(), folders[0].pk

    def clean(self) -> dict[str, Any]:
        """The name must be free in the folder."""
        values = super().clean() or {}
        if values.get("slug") and values.get("folder"):
            try:
                check_slug(values["slug"], parent=values["folder"])
            except ImportRefusedError as error:
                raise ValidationError({"slug": str(error)}) from error
        return values
