"""The page on which a unit fills in its report."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from forms.builder.models import FormVersion
from forms.builder.rendering import AnswerForm
from forms.collection.enums import WITH_UNIT, PeriodStatus, RequirementState
from forms.collection.models import ExpectedReport
from forms.collection.services import pin_version
from forms.collection.wording import due_words, moment, second
from forms.submissions.errors import ReportRefusedError
from forms.submissions.filling import Filled, Outcome, Posted, fill_in, form_for, typed_form
from forms.submissions.forms import PageForm
from forms.submissions.models import Submission
from forms.submissions.permissions import may_write
from forms.submissions.services import sent_with
from forms.submissions.todo import DUE_SOON
from forms.submissions.views.people import insider
from portal.accounts.models import User

STATUS = {Outcome.ONE_MORE_ROW: 200, Outcome.INVALID: 422, Outcome.CONFLICT: 409, Outcome.REFUSED: 409}
SUBMIT = "submit"


@login_required
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill a report in; save it as a draft or send it."""
    user = insider(request)
    visible = ExpectedReport.objects.visible_to(user).with_names().select_related("period__version")
    expected = get_object_or_404(visible, pk=pk)
    if not may_write(user, expected):
        raise PermissionDenied
    report = Submission.objects.select_related("form_version", "updated_by").filter(pk=pk).first()
    if request.method == "POST":
        return _take(request, user, expected, report)
    if report is not None and report.report_state not in WITH_UNIT:
        return redirect("submissions:detail", pk=pk)
    version = report.form_version if report is not None else _version_to_begin_with(expected)
    if version is None:
        return _not_open(request, expected)
    return _page(request, expected, report, form_for(report, version.form_schema))


def _version_to_begin_with(expected: ExpectedReport) -> FormVersion | None:
    """The pinned version of a period that is open; None where nothing can be begun now."""
    open_now = expected.window.status(timezone.now()) in {PeriodStatus.OPEN, PeriodStatus.LATE}
    if not open_now or expected.period.requirement.state != RequirementState.OPEN:
        return None
    return pin_version(period=expected.period).version


def _take(request: HttpRequest, user: User, expected: ExpectedReport, report: Submission | None) -> HttpResponse:
    page = PageForm(request.POST)
    sending = request.POST.get("action") == SUBMIT
    readable = page.is_valid()
    posted = Posted(
        data=request.POST,
        files=request.FILES,
        revision=page.cleaned_data.get("revision") or 0,
        key=page.cleaned_data.get("key") or uuid.uuid4(),
        sending=sending,
    )
    try:
        if not readable:
            raise ReportRefusedError(_("The page was incomplete. Please check what you typed and send it again."))
        if sending and _too_often(request, posted, expected):
            raise TooOftenError(_("You have sent very often within a minute. Wait a moment, then send again."))
        filled = fill_in(user=user, expected=expected, posted=posted, now=timezone.now())
    except ReportRefusedError as refusal:
        return _refused(request, expected, report, posted, refusal)
    if filled.outcome == Outcome.SENT and filled.version is not None:
        messages.success(
            request,
            _("Sent at %(time)s as version %(number)d.")
            % {
                "time": timezone.localtime(filled.version.sent_at).strftime("%H:%M:%S"),
                "number": filled.version.number,
            },
        )
        return redirect("submissions:detail", pk=expected.pk)
    if filled.outcome == Outcome.SAVED:
        return redirect("submissions:fill", pk=expected.pk)
    return _page(
        request, expected, filled.report, filled.form, posted=posted, filled=filled, status=STATUS[filled.outcome]
    )


class TooOftenError(ReportRefusedError):
    """More sendings in a minute than a person can mean."""


def _too_often(request: HttpRequest, posted: Posted, expected: ExpectedReport) -> bool:
    """Whether the rate is exceeded; repeating what has been sent already is free."""
    if sent_with(key=posted.key, expected=expected) is not None:
        return False
    return bool(
        is_ratelimited(
            request, group="submissions.submit", key="user", rate=settings.PORTAL_SUBMIT_RATE, increment=True
        )
    )


def _refused(
    request: HttpRequest,
    expected: ExpectedReport,
    report: Submission | None,
    posted: Posted,
    refusal: ReportRefusedError,
) -> HttpResponse:
    """Say why, with everything still in the form where there is a form to show."""
    version = report.form_version if report is not None else pin_version(period=expected.period).version
    if version is None:
        return _not_open(request, expected)
    form = typed_form(report, version.form_schema, posted)
    status = 429 if isinstance(refusal, TooOftenError) else 409
    return _page(request, expected, report, form, posted=posted, refusal=str(refusal), status=status)


def _not_open(request: HttpRequest, expected: ExpectedReport) -> HttpResponse:
    now = timezone.now()
    window = expected.window
    context = {
        "expected": expected,
        "status": window.status(now),
        "opens": moment(window.opens_at, now=now),
        "closed": moment(window.closes_at, now=now) if window.closes_at else "",
        "ended": expected.period.requirement.state == RequirementState.CLOSED,
    }
    return render(request, "submissions/not_open.html", context)


def _page(
    request: HttpRequest,
    expected: ExpectedReport,
    report: Submission | None,
    form: AnswerForm,
    *,
    posted: Posted | None = None,
    filled: Filled | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    window = expected.window
    returned = report is not None and report.first_sent_at is not None
    context = {
        "expected": expected,
        "report": report,
        "form": form,
        "revision": report.revision if report is not None else 0,
        "key": posted.key if posted is not None else uuid.uuid4(),
        "words": due_words(due_at=window.due_at, now=now),
        "late": window.is_late(now),
        "due_soon": window.due_at - now <= DUE_SOON,
        "closed": window.status(now) == PeriodStatus.CLOSED and not returned,
        "filled": filled,
        "conflict": filled is not None and filled.outcome == Outcome.CONFLICT,
        "not_sent": filled is not None and filled.outcome == Outcome.INVALID,
        "still_open": report is None or report.report_state in WITH_UNIT,
        "refusal": refusal or (filled.message if filled and filled.outcome == Outcome.REFUSED else ""),
        "saved": report is not None and report.revision > 0,
        "saved_at": second(report.updated_at, now=now) if report is not None else "",
    }
    return render(request, "submissions/fill.html", context, status=status)
