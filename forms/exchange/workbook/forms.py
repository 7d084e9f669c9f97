"""The upload of a workbook."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from forms.exchange.workbook.services import MOST_BYTES


class WorkbookForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("The workbook that you have filled in"),
        help_text=_("XLSX, XLS or ODS from Excel, WPS or LibreOffice, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.et"}),
        error_messages={"required": _("No file was chosen."), "empty": _("The file is empty.")},
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB."))
        return file
