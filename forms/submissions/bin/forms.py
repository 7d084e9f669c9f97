"""Why something is deleted."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BinForm(forms.Form):
    """The reason; of a report also the version that was seen."""

    reason = forms.CharField(
        label=_("Reason for deleting"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is deleted; the log keeps it.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
