"""The page's own requests while somebody types."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_ratelimit.core import is_ratelimited

from forms.collection.enums import WITH_UNIT
from forms.collection.models import ExpectedReport
from forms.submissions.drafts.autosaving import Autosaved, Told, Typed, autosave
from forms.submissions.drafts.carried import bases_in
from forms.submissions.drafts.parts import bases_of
from forms.submissions.errors import ReportRefusedError
from forms.submissions.forms import PageForm
from forms.submissions.models import Submission
from forms.submissions.permissions import may_write
from forms.submissions.presence.services import in_words, leave, note_presence, others_at
from forms.submissions.services import sent_with
from forms.submissions.views.people import insider
from forms.submissions.worked import seconds_worked, served
from portal.accounts.models import User

AGAIN_AFTER = 30
"""Seconds after which a page that has asked too often may ask again."""


@login_required
@never_cache
@require_POST
def keep(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep what was typed since the last time; the answer says what was kept and what somebody else has changed."""
    user, expected = _writer(request, pk)
    if request.POST.get(".user", str(user.pk)) != str(user.pk):
        said = _("This page belongs to somebody else, who had signed in here before. Please open the report again.")
        return JsonResponse({"refused": said, "reload": True}, status=409)
    if _is_flooding(request):
        return _later()
    if _was_sent(request, expected):
        return JsonResponse({"sent": True})
    bases = bases_in(request.POST)
    if bases is None:
        return JsonResponse({"refused": _("The page was incomplete. Please open the report again.")}, status=400)
    now = timezone.now()
    report: Submission | None = getattr(expected, "submission", None)
    mine = report is not None and report.updated_by_id == user.pk and report.revision > 0
    counted, mark = request.POST.get(".seconds") or "", request.POST.get(".served") or ""
    typed = Typed(
        data=request.POST,
        bases=bases,
        seconds=seconds_worked(
            counted, mark, pk, now, counted_until=report.updated_at if report is not None and mine else None
        ),
        comparing="compare" in request.POST,
    )
    try:
        done = autosave(user=user, expected=expected, typed=typed, now=now)
    except ReportRefusedError as refusal:
        return JsonResponse({"refused": str(refusal)}, status=409)
    return JsonResponse(_answer(user, done, request.POST.get("revision", ""), served(pk, now)))


@login_required
@never_cache
@require_POST
def present(request: HttpRequest, pk: int) -> JsonResponse:
    """The page is still open; the answer says who else has it open, and what has been saved in it since."""
    user, expected = _writer(request, pk)
    if _is_flooding(request):
        return _later()
    now = timezone.now()
    note_presence(user=user, expected=expected, now=now)
    report: Submission | None = getattr(expected, "submission", None)
    answer: dict[str, Any] = {"others": in_words(others_at(user=user, expected=expected, now=now))}
    if report is not None and request.POST.get("revision") != str(report.revision):
        answer |= {
            "revision": report.revision,
            "form": report.form_version.digest,
            "bases": bases_of(report.form_version.form_schema, report.answers),
            "by": "" if report.updated_by_id == user.pk else str(report.updated_by),
            "is_open": report.report_state in WITH_UNIT,
        }
    return JsonResponse(answer)


@login_required
@never_cache
@require_POST
def gone(request: HttpRequest, pk: int) -> HttpResponse:
    """The page has been closed."""
    user, expected = _writer(request, pk)
    leave(user=user, expected=expected)
    return HttpResponse(status=204)


def _writer(request: HttpRequest, pk: int) -> tuple[User, ExpectedReport]:
    """Who asks, and the report that they may fill in."""
    user = insider(request)
    begun = ("submission__updated_by", "submission__form_version")
    visible = ExpectedReport.objects.visible_to(user).with_names().select_related(*begun)
    expected = get_object_or_404(visible, pk=pk)
    if not may_write(user, expected):
        raise PermissionDenied
    return user, expected


def _is_flooding(request: HttpRequest) -> bool:
    """Whether pages ask more often than typing people make them."""
    rate = settings.PORTAL_AUTOSAVE_RATE
    return bool(is_ratelimited(request, group="submissions.autosave", key="user", rate=rate, increment=True))


def _later() -> JsonResponse:
    return JsonResponse({"again_after": AGAIN_AFTER}, status=429, headers={"Retry-After": str(AGAIN_AFTER)})


def _was_sent(request: HttpRequest, expected: ExpectedReport) -> bool:
    """Whether what the browser still holds has been sent by the page that held it."""
    page = PageForm({"key": request.POST.get(".sent"), "revision": 0})
    try:
        return page.is_valid() and sent_with(key=page.cleaned_data["key"], expected=expected) is not None
    except ReportRefusedError:
        return False


def _answer(user: User, done: Autosaved, revision: str, mark: str) -> dict[str, Any]:
    report = done.report
    other = "" if done.saved_before_by == user else str(done.saved_before_by)
    return {
        "at": timezone.localtime(report.updated_at).strftime("%H:%M:%S"),
        "revision": report.revision,
        "in_sync": revision == str(done.revision_before),
        "form": done.digest,
        "served": mark,
        "counted": report.revision > done.revision_before,
        "by": other,
        "bases": done.bases,
        "saved": sorted(done.saved),
        "gone": sorted(done.gone),
        "conflicts": [_both(one, other) for one in done.conflicts],
        "differing": [_both(one, other) for one in done.differing],
        "locked": [_both(one, other) for one in done.locked],
    }


def _both(one: Told, other: str) -> dict[str, str]:
    """A question with both answers in words, drawn."""
    context = {"theirs": one.theirs, "mine": one.mine, "other": other}
    return {
        "key": one.key,
        "label": one.label,
        "base": one.base,
        "html": render_to_string("submissions/drafts/both.html", context),
    }
