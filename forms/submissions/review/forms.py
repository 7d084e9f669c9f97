"""Small forms of review."""

from django import forms

from forms.submissions.review.models import LONGEST_PATH


class CommentForm(forms.Form):
    """Words, and where or to what they belong; `act` settles a thread or opens it again."""

    text = forms.CharField(max_length=2000, required=False)
    path = forms.CharField(max_length=LONGEST_PATH, required=False)
    thread = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    act = forms.CharField(max_length=10, required=False)
