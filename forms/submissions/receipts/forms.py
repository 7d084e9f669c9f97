"""The form into which number and hash of a copy are typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forms.submissions.receipts.hashes import parse_hash
from forms.submissions.receipts.numbers import NotANumberError, WrongCheckError, parse_number


class VerifyForm(forms.Form):
    """What stands on the copy."""

    number = forms.CharField(
        label=_("Receipt number"), max_length=60, help_text=_("For example 20261128-7KM4-3QW5; dashes may be left out.")
    )
    hash = forms.CharField(label=_("Content hash"), max_length=120, help_text=_("The first 12 characters, or all 64."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}

    def clean_number(self) -> str:
        """The plain number; a mistaken character is said at once, without asking the database."""
        try:
            return parse_number(self.cleaned_data["number"])
        except NotANumberError as error:
            raise forms.ValidationError(
                _("A receipt's number has eight digits for the day and eight characters more.")
            ) from error
        except WrongCheckError as error:
            raise forms.ValidationError(
                _("A character is mistaken: the check character at the end does not agree. Compare with the copy.")
            ) from error

    def clean_hash(self) -> str:
        """The beginning of the hash."""
        found = parse_hash(self.cleaned_data["hash"])
        if found is None:
            raise forms.ValidationError(
                _("At least the first 12 characters are needed; a hash has the digits 0–9 and the letters a–f.")
            )
        return found
