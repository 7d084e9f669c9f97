"""The page on which a unit fills in its report."""

import datetime
import uuid
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from forms.builder.pages import parts_of
from forms.builder.rendering import AnswerForm
from forms.collection.enums import WITH_UNIT, PeriodStatus
from forms.collection.expecting import pin_version
from forms.collection.models import ExpectedReport
from forms.collection.wording import due_words, second
from forms.submissions.drafts.carried import FORM, bases_in, carried
from forms.submissions.errors import ReportRefusedError
from forms.submissions.filling import SUMMARY, fill_in, form_for, part_of, typed_form
from forms.submissions.forms import PageForm
from forms.submissions.models import Submission
from forms.submissions.paging import LONGEST_NUMBER, NEXT, Paging, in_words, paging_of
from forms.submissions.permissions import may_write
from forms.submissions.posted import Filled, Outcome, Posted
from forms.submissions.prefill import first_answers
from forms.submissions.presence.services import in_words as who_is_there
from forms.submissions.presence.services import others_at
from forms.submissions.review.remarks import returned_context
from forms.submissions.services import sent_with
from forms.submissions.steps import at_hand
from forms.submissions.surroundings import Surroundings, takes_files
from forms.submissions.todo import DUE_SOON
from forms.submissions.views.expected import expected_or_404
from forms.submissions.views.opening import exceptions, not_open, refusal_of_form, version_to_begin_with
from forms.submissions.views.people import insider
from forms.submissions.worked import seconds_worked, served
from portal.accounts.models import User

STATUS = {
    Outcome.ONE_MORE_ROW: 200,
    Outcome.INVALID: 422,
    Outcome.CONFLICT: 409,
    Outcome.MERGED: 409,
    Outcome.REFUSED: 409,
}
SUBMIT = "submit"
DRAFT_SCRIPTS = (
    "js/draft-inputs.js",
    "js/draft-store.js",
    "js/draft-server.js",
    "js/draft-notices.js",
    "js/draft.js",
    "js/draft-offer.js",
)
UPLOAD_SCRIPTS = ("vendor/tus/tus.min.js", "js/uploads.js")
"""Each needs those before it; all are deferred, so that they run in this order."""


@login_required
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill a report in, page by page where its form has pages; save it as a draft or send it."""
    user = insider(request)
    reading = request.method == "GET"
    expected = expected_or_404(user, pk, shown=reading)
    if not may_write(user, expected):
        raise PermissionDenied
    read: Submission | None = getattr(expected, "submission", None)
    report = at_hand(read, expected) if read is not None else None
    if not reading:
        return _take(request, user, expected, report)
    if report is not None and report.report_state not in WITH_UNIT:
        return redirect("submissions:detail", pk=pk)
    version = report.form_version if report is not None else version_to_begin_with(expected)
    refusal = refusal_of_form(expected, report, timezone.now()) if version is not None else ""
    if version is None or refusal:
        return not_open(request, expected, report=report, refusal=refusal)
    around = Surroundings(user, expected, version.form_schema, timezone.now(), report)
    form = form_for(around, part_of(around.schema, _page_wanted(request, around)), checked="check" in request.GET)
    if form.part is not None and form.part.fields and not form.part.is_asked(form.state):
        return redirect(f"{request.path}?page={paging_of(form).after(form.part.number)}")
    return _page(request, around, form)


def _page_wanted(request: HttpRequest, around: Surroundings) -> int:
    """The page asked for; without one the first that is asked."""
    wanted = request.GET.get("page", "")
    if wanted.isdecimal() and len(wanted) <= LONGEST_NUMBER:
        return int(wanted)
    parts = parts_of(around.schema)
    if len(parts) == 1:
        return parts[0].number
    state = form_for(around, SUMMARY).state
    return next((part.number for part in parts if part.is_asked(state)), 1)


def _take(request: HttpRequest, user: User, expected: ExpectedReport, report: Submission | None) -> HttpResponse:
    page = PageForm(request.POST)
    action = request.POST.get("action") or ""
    readable = page.is_valid()
    now = timezone.now()
    counted, mark = request.POST.get(".seconds") or "", request.POST.get(".served") or ""
    posted = Posted(
        data=request.POST,
        files=request.FILES,
        revision=page.cleaned_data.get("revision") or 0,
        key=page.cleaned_data.get("key") or uuid.uuid4(),
        sending=action == SUBMIT,
        checking=action == NEXT,
        page=page.cleaned_data.get("page"),
        seconds=seconds_worked(counted, mark, expected.pk, now, counted_until=_counted_until(user, report)),
        bases=bases_in(request.POST),
        digest=request.POST.get(FORM) or "",
    )
    try:
        if not readable:
            raise ReportRefusedError(_("The page was incomplete. Please check what you typed and send it again."))
        if posted.sending and _too_often(request, posted, expected, report):
            raise TooOftenError(_("You have sent very often within a minute. Wait a moment, then send again."))
        filled = fill_in(user=user, expected=expected, posted=posted, now=now)
    except ReportRefusedError as refusal:
        return _refused(request, user, expected, report, posted, refusal)
    around = Surroundings(user, expected, filled.form.form_schema, now, filled.report)
    _say_what_was_left_out(request, filled, posted)
    if filled.outcome == Outcome.SENT and filled.version is not None:
        words = {"time": timezone.localtime(filled.version.sent_at).strftime("%H:%M:%S")}
        messages.success(
            request, _("Sent at %(time)s as version %(number)d.") % {**words, "number": filled.version.number}
        )
        return redirect("submissions:detail", pk=expected.pk)
    if filled.outcome == Outcome.HANDED_IN:
        messages.success(request, _("Handed in: a reviewer of your unit signs it off, then it leaves the unit."))
        return redirect("submissions:detail", pk=expected.pk)
    if filled.outcome == Outcome.SAVED:
        return redirect(_where_next(around, filled, posted, action))
    return _page(request, around, filled.form, posted=posted, filled=filled, status=STATUS[filled.outcome])


def _counted_until(user: User, report: Submission | None) -> datetime.datetime | None:
    """Until when the person's work in the report has been counted already."""
    return report.updated_at if report is not None and report.revision and report.updated_by_id == user.pk else None


def _where_next(around: Surroundings, filled: Filled, posted: Posted, action: str) -> str:
    """The address to go on at: the page that was left, the one before or after it, or the one that was chosen."""
    address = reverse("submissions:fill", args=[around.expected.pk])
    if filled.form.part is None or posted.page is None:
        return address
    return f"{address}?{urlencode({'page': paging_of(filled.form).reached_by(action, posted.page)})}"


def _say_what_was_left_out(request: HttpRequest, filled: Filled, posted: Posted) -> None:
    """Whoever sent names that the form does not have, or answers to questions that are not asked, is told."""
    if ignored := filled.form.ignored:
        text = ngettext(
            "%(count)d answer does not belong to this form and was ignored.",
            "%(count)d answers do not belong to this form and were ignored.",
            ignored,
        )
        messages.warning(request, text % {"count": ignored})
    left_out = filled.form.left_out if filled.outcome == Outcome.SENT else 0
    if left_out:
        text = ngettext(
            "%(count)d answer to a question that is not asked now was not sent.",
            "%(count)d answers to questions that are not asked now were not sent.",
            left_out,
        )
        messages.info(request, text % {"count": left_out})


class TooOftenError(ReportRefusedError):
    """More sendings in a minute than a person can mean."""


def _too_often(request: HttpRequest, posted: Posted, expected: ExpectedReport, report: Submission | None) -> bool:
    """Whether the rate is exceeded; repeating what has been sent already is free."""
    if report is not None and sent_with(key=posted.key, expected=expected) is not None:
        return False
    return bool(
        is_ratelimited(
            request, group="submissions.submit", key="user", rate=settings.PORTAL_SUBMIT_RATE, increment=True
        )
    )


def _refused(
    request: HttpRequest,
    user: User,
    expected: ExpectedReport,
    report: Submission | None,
    posted: Posted,
    refusal: ReportRefusedError,
) -> HttpResponse:
    """Say why, with everything still in the form where there is a form to show."""
    version = report.form_version if report is not None else pin_version(period=expected.period).version
    if version is None:
        return not_open(request, expected, report=report, refusal=str(refusal))
    around = Surroundings(user, expected, version.form_schema, timezone.now(), report)
    status = 429 if isinstance(refusal, TooOftenError) else 409
    return _page(request, around, typed_form(around, posted), posted=posted, refusal=str(refusal), status=status)


def _page(
    request: HttpRequest,
    around: Surroundings,
    form: AnswerForm,
    *,
    posted: Posted | None = None,
    filled: Filled | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page to fill in, or the summary of all pages."""
    expected, report = around.expected, around.report
    now = timezone.now()
    window = expected.window
    told_both = filled is not None and filled.outcome in (Outcome.CONFLICT, Outcome.MERGED)
    was_sent = report is not None and report.first_sent_at is not None
    back = returned_context(report, now)
    due_at = back.get("due_again_at", window.due_at)
    late = now > due_at if "due_again_at" in back else window.is_late(now)
    context = {
        "expected": expected,
        "report": report,
        "form": form,
        "revision": report.revision if report is not None else 0,
        "key": posted.key if posted is not None else uuid.uuid4(),
        "served": served(expected.pk, now),
        "carried": carried(
            form,
            report.answers if report is not None else first_answers(around),
            report.form_version.digest if report is not None else around.schema.digest(),
            posted.bases if posted is not None and not told_both else None,
        ),
        "words": due_words(due_at=due_at, now=now),
        "late": late,
        "due_soon": due_at - now <= DUE_SOON,
        "closed": window.status(now) == PeriodStatus.CLOSED and not was_sent,
        **back,
        **exceptions(request, expected, now),
        "filled": filled,
        "conflict": filled is not None and filled.outcome == Outcome.CONFLICT,
        "merged": filled is not None and filled.outcome == Outcome.MERGED,
        "not_sent": filled is not None and filled.outcome == Outcome.INVALID and posted is not None and posted.sending,
        "still_open": report is None or report.report_state in WITH_UNIT,
        "refusal": refusal or (filled.message if filled and filled.outcome == Outcome.REFUSED else ""),
        "draft_scripts": (*DRAFT_SCRIPTS, *(UPLOAD_SCRIPTS if takes_files(form.schemas) else ())),
        "present": who_is_there(others_at(user=around.user, expected=expected, now=now)),
        "saved": report is not None and report.revision > 0,
        "saved_at": second(report.updated_at, now=now) if report is not None else "",
        "most_inputs": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        **_paging_context(form, is_begun=report is not None),
    }
    template = "submissions/summary.html" if form.part == SUMMARY else "submissions/fill.html"
    return render(request, template, context, status=status)


def _paging_context(form: AnswerForm, *, is_begun: bool) -> dict[str, Any]:
    """What a form with pages shows besides: the way through it, and on its summary all answers in words."""
    if form.part is None:
        return {}
    paging = paging_of(form, is_begun=is_begun)
    answered = [(step, in_words(form, step.part)) for step in (paging.steps if form.part == SUMMARY else ())]
    return {"paging": paging, "answered": answered, **_neighbours(paging, form.part.number)}


def _neighbours(paging: Paging, number: int) -> dict[str, Any]:
    return {"page": number, "page_before": paging.before(number), "page_after": paging.after(number)}
