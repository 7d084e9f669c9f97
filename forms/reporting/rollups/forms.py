"""Forms of roll-ups."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST = 200
LONGEST_TEXT = 5000


class TitleForm(forms.Form):
    """What stands above and below the text."""

    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST,
        error_messages={"required": _("Please give the document a title.")},
    )
    addressee = forms.CharField(
        label=pgettext_lazy("document", "Addressee"),
        max_length=LONGEST,
        required=False,
        help_text=_("To whom it goes, without colon; empty: nobody in particular."),
    )
    signature = forms.CharField(
        label=pgettext_lazy("document", "Signature"),
        max_length=LONGEST,
        required=False,
        help_text=_("The unit that stands below the text."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class CompileForm(TitleForm):
    """The same, before compiling; `key` is made by the page, so that sending it twice compiles once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


class DescribeForm(TitleForm):
    """The same, afterwards."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    """The lines as the page showed them (`editing.lines_of`)."""


class WriteForm(forms.Form):
    """A paragraph of the compiler's own."""

    text = forms.CharField(
        label=_("Your paragraph"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It has no source; the document says so."),
        error_messages={"required": _("Please write something.")},
    )


class KeepForm(forms.Form):
    """Why a sentence stays though its source has moved."""

    reason = forms.CharField(
        label=pgettext_lazy("roll-up", "Reason for keeping it"),
        max_length=300,
        error_messages={"required": _("Please say why it stays; readers of the roll-up see the reason.")},
    )
