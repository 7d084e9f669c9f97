"""Small forms of the review pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PageForm(forms.Form):
    """What the fill-in page carries beside the answers: its submission key, the revision it was opened at, and which
    page of the form it is (0: the summary), where the form has pages.
    """

    key = forms.UUIDField()
    revision = forms.IntegerField(min_value=0)
    page = forms.IntegerField(min_value=0, max_value=9999, required=False)


class RevisionForm(forms.Form):
    """The revision that was read, for steps inside the unit; and why."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=2000, required=False)


class NilForm(PageForm):
    """What a nil report says, beside what the page carries."""

    note = forms.CharField(max_length=500, required=False)


class ReviewForm(forms.Form):
    """The version the reviewer has read, and the reason for returning it."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason for returning"),
        help_text=_("Say what has to be changed and how; the unit reads it above its form."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
    )
