"""Small forms of petitions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forms.collection.widgets import MinuteInput


class AskForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, required=False)


class DecideForm(forms.Form):
    """Yes or no, with what belongs to it."""

    approve = forms.BooleanField(required=False)
    answer = forms.CharField(label=_("Answer"), max_length=500, required=False)
    until = forms.DateTimeField(label=_("Taken until"), required=False, widget=MinuteInput)
