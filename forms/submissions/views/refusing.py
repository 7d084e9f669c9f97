"""Saying no on a page that is left by saying it: why, with what had been typed, to be copied."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from forms.submissions.errors import ReportRefusedError


def refuse(request: HttpRequest, refusal: ReportRefusedError, *, typed: str = "") -> None:
    """Tell the person why the step was not taken; nothing that was typed is lost."""
    kept = _("You had written: %(reason)s") % {"reason": typed} if typed else ""
    messages.error(request, f"{refusal} {kept}".strip())
