"""The page that verifies a copy."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django_ratelimit.core import is_ratelimited

from forms.submissions.receipts.forms import VerifyForm
from forms.submissions.receipts.verifying import verify
from portal.accounts.models import User

VERIFY_RATE = "30/m"
"""Copies per person; a number is drawn by lot from 2 · 10¹⁰ for each day, so trying finds nothing at this pace."""


@never_cache
@login_required
@require_GET
def verify_copy(request: HttpRequest) -> HttpResponse:
    """Whether number and hash on a copy are those of a report that was sent; for everybody who may sign in.

    Whoever has no copy in hand, and so does not know the hash, learns nothing of the report; nobody is shown an answer.
    """
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    asked = "number" in request.GET or "hash" in request.GET
    form = VerifyForm(request.GET if asked else None)
    context: dict[str, object] = {"form": form}
    if asked and is_ratelimited(request, group="receipts.verify", key="user", rate=VERIFY_RATE, increment=True):
        return render(request, "submissions/receipts/verify.html", {**context, "too_often": True}, status=429)
    if asked and form.is_valid():
        number, start = form.cleaned_data["number"], form.cleaned_data["hash"]
        context |= {"asked": True, "verdict": verify(user=request.user, number=number, hash_start=start)}
    return render(request, "submissions/receipts/verify.html", context)
