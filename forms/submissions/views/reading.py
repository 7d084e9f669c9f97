"""Reading a report, and deciding on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from forms.collection.models import ExpectedReport
from forms.collection.wording import moment
from forms.submissions.errors import NotAllowedError, ReasonMissingError, ReportRefusedError, StaleRevisionError
from forms.submissions.forms import ReviewForm
from forms.submissions.models import Submission
from forms.submissions.permissions import may_review, may_write
from forms.submissions.querysets import SubmissionQuerySet
from forms.submissions.reading import read
from forms.submissions.receipts.qr import qr_svg, verify_address
from forms.submissions.review.context import may_widen, sheet_context, typed_marks
from forms.submissions.review.remarks import returned_context
from forms.submissions.review.services import accept, return_report
from forms.submissions.views.people import QUEUE_READERS, insider
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.units.access import access_for

LONGEST_NUMBER = 10
"""Digits of the number of a version, and one more; longer ones are nobody's."""


@login_required
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: answers, files, history, versions; any sent version by ?version=N."""
    user = insider(request)
    report = _visible(user).filter(expected__pk=pk).first()
    if report is None:
        return _not_begun(user, pk)
    return _show(request, user, report)


@login_required
@require_POST
def accept_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the version that was read."""
    return _decide(
        request, pk, lambda user, report, data: accept(user=user, submission=report, version=data["version"])
    )


@login_required
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the version that was read, with a reason, with marked answers, or with both."""
    return _decide(
        request,
        pk,
        lambda user, report, data: return_report(
            user=user,
            submission=report,
            version=data["version"],
            reason=data["reason"],
            marks=typed_marks(request.POST),
        ),
    )


def _visible(user: User) -> SubmissionQuerySet:
    """Reports to be asked for by ``expected__pk``: through the relation, Django knows no number beyond the column's."""
    return Submission.objects.visible_to(user).with_names()


def _not_begun(user: User, pk: int) -> HttpResponseRedirect:
    expected = get_object_or_404(
        ExpectedReport.objects.visible_to(user).select_related("unit"), pk=pk, submission__isnull=True
    )
    if not may_write(user, expected):
        raise Http404
    return redirect("submissions:fill", pk=pk)


def _decide(
    request: HttpRequest, pk: int, step: Callable[[User, Submission, dict[str, Any]], Submission]
) -> HttpResponse:
    user = insider(request)
    report = get_object_or_404(_visible(user), expected__pk=pk)
    if not may_review(user, report.expected):
        raise PermissionDenied
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _show(request, user, report, form)
    try:
        decided = step(user, report, form.cleaned_data)
    except NotAllowedError as refusal:
        raise PermissionDenied from refusal
    except ReasonMissingError as refusal:
        form.add_error("reason", str(refusal))
        return _show(request, user, report, form)
    except StaleRevisionError:
        messages.warning(request, _("A newer version has come in since you opened the report. Please read it first."))
    except ReportRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("The report of %(unit)s: %(state)s.")
            % {"unit": report.expected.unit, "state": decided.get_state_display()},
        )
    return redirect("submissions:detail", pk=pk)


def _show(request: HttpRequest, user: User, report: Submission, form: ReviewForm | None = None) -> HttpResponse:
    wanted = request.GET.get("version", "")
    number = int(wanted) if wanted.isdecimal() and len(wanted) < LONGEST_NUMBER else None
    reading = read(user=user, report=report, number=number)
    if reading is None:
        raise Http404
    if reading.is_sensitive and not reading.is_own:
        shown = {"version": reading.version.number if reading.version else None}
        record(action=AuditAction.VIEW_SENSITIVE, user=user, target=report, details=shown)
    now = timezone.now()
    back = returned_context(report, now)
    latest = reading.latest
    context = {
        "reading": reading,
        **sheet_context(request, user, reading),
        "report": report,
        "expected": report.expected,
        "qr": qr_svg(verify_address(request, reading.version)) if reading.version else "",
        **back,
        "has_queue": access_for(user).has(*QUEUE_READERS),
        "due": moment(report.expected.window.due_at, now=now),
        "marking": "return" if reading.may_review and reading.shows_latest else may_widen(user, reading, back),
        "review": form or ReviewForm(initial={"version": latest.number if latest else None}),
        "now": now,
    }
    return render(request, "submissions/detail.html", context, status=422 if form is not None else 200)
