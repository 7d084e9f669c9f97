"""Steps that a unit takes on its own report, beside filling it in: signing off, sending back, taking back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forms.collection.models import ExpectedReport
from forms.submissions.errors import NotAllowedError, ReportRefusedError
from forms.submissions.forms import NilForm, ReviewForm, RevisionForm
from forms.submissions.models import Submission
from forms.submissions.nil import report_nothing
from forms.submissions.permissions import may_write
from forms.submissions.signing import recall, send_back_inside, sign_off, withdraw
from forms.submissions.views.people import insider
from forms.submissions.views.refusing import refuse
from portal.accounts.models import User


@login_required
@require_POST
def nothing(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a nil report."""
    user = insider(request)
    expected = get_object_or_404(ExpectedReport.objects.visible_to(user).with_names(), pk=pk)
    if not may_write(user, expected):
        raise PermissionDenied
    form = NilForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The page was incomplete. Please open the report again."))
        return redirect("submissions:fill", pk=pk)
    given = form.cleaned_data
    try:
        report = report_nothing(
            user=user, expected=expected, note=given["note"], revision=given["revision"], key=given["key"]
        )
    except ReportRefusedError as refusal:
        refuse(request, refusal, typed=given["note"])
        return redirect("submissions:fill", pk=pk)
    messages.success(request, _("Nil report: %(state)s.") % {"state": report.get_state_display()})
    return redirect("submissions:detail", pk=pk)


StepOf = Callable[[User, Submission, dict[str, Any]], object]


@login_required
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the report out of the unit."""
    return _step(
        request,
        pk,
        lambda user, report, data: sign_off(user=user, submission=report, revision=data["revision"]),
        _("Signed off: the report has been sent."),
    )


@login_required
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the report back to those who fill it in."""
    return _step(
        request,
        pk,
        lambda user, report, data: send_back_inside(
            user=user, submission=report, revision=data["revision"], reason=data["reason"]
        ),
        _("Sent back inside the unit; it can be changed again."),
    )


@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the report back from signing off."""
    return _step(
        request,
        pk,
        lambda user, report, data: recall(user=user, submission=report, revision=data["revision"]),
        _("Taken back; it can be changed again."),
    )


@login_required
@require_POST
def withdraw_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was sent."""
    return _step(
        request,
        pk,
        lambda user, report, data: withdraw(
            user=user, submission=report, version=data["version"], reason=data["reason"]
        ),
        _("Withdrawn; it can be changed and sent again."),
        form_class=ReviewForm,
    )


def _step(
    request: HttpRequest,
    pk: int,
    step: StepOf,
    done: str,
    *,
    form_class: type[RevisionForm] | type[ReviewForm] = RevisionForm,
) -> HttpResponse:
    """Take the step and say what came of it; a refusal is said on the report's page, which shows how it stands now."""
    user = insider(request)
    report = get_object_or_404(Submission.objects.visible_to(user).with_names(), expected__pk=pk)
    if not may_write(user, report.expected):
        raise PermissionDenied
    form = form_class(request.POST)
    if not form.is_valid():
        messages.error(request, _("The page was incomplete. Please open the report again."))
        return redirect("submissions:detail", pk=pk)
    try:
        step(user, report, form.cleaned_data)
    except NotAllowedError as refusal:
        raise PermissionDenied from refusal
    except ReportRefusedError as refusal:
        refuse(request, refusal, typed=form.cleaned_data["reason"])
    else:
        messages.success(request, done)
    return redirect("submissions:detail", pk=pk)
