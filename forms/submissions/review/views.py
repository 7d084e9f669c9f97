"""The list of reports received, and steps of a reviewer beside deciding on the report that is read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from forms.collection.enums import ReportState
from forms.submissions.counts import number_to_decide, number_to_review
from forms.submissions.errors import NotAllowedError, ReportRefusedError
from forms.submissions.models import Submission
from forms.submissions.permissions import may_review
from forms.submissions.review.commenting import comment
from forms.submissions.review.context import typed_marks
from forms.submissions.review.forms import CommentForm
from forms.submissions.review.models import Comment
from forms.submissions.review.queue import QueueFilter, decide_on_many, picked
from forms.submissions.review.services import accept, return_report, widen
from forms.submissions.views.people import QUEUE_READERS, insider
from forms.submissions.views.refusing import refuse
from portal.lists import page_of
from portal.units.access import access_for
from portal.units.enums import Role


@login_required
@require_POST
def widen_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Open more of a returned report to its unit."""
    user = insider(request)
    report = get_object_or_404(Submission.objects.visible_to(user).with_names(), expected__pk=pk)
    if not may_review(user, report.expected):
        raise PermissionDenied
    marks = typed_marks(request.POST)
    try:
        widen(user=user, submission=report, marks=marks, everything="everything" in request.POST)
    except NotAllowedError as refusal:
        raise PermissionDenied from refusal
    except ReportRefusedError as refusal:
        refuse(request, refusal, typed=" ".join(marks.values()))
    else:
        messages.success(request, _("Opened to the unit; it has been told."))
    return redirect("submissions:detail", pk=pk)


@login_required
@require_POST
def add_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a report, answer, settle or open again."""
    user = insider(request)
    report = get_object_or_404(Submission.objects.visible_to(user).with_names(), expected__pk=pk)
    form = CommentForm(request.POST)
    typed = request.POST.get("text", "")[:2000]
    address = f"{reverse('submissions:detail', args=[pk])}#comments"
    if not form.is_valid():
        messages.error(request, _("The comment did not arrive as a whole. You had written: %(text)s") % {"text": typed})
        return redirect(address)
    given = form.cleaned_data
    threads = Comment.objects.visible_to(user).filter(submission=report, thread=None)
    thread = get_object_or_404(threads, pk=given["thread"]) if given["thread"] else None
    settles = {"settle": True, "open": False}.get(given["act"])
    try:
        comment(user=user, submission=report, text=given["text"], path=given["path"], thread=thread, settles=settles)
    except NotAllowedError as refusal:
        raise PermissionDenied from refusal
    except ReportRefusedError as refusal:
        refuse(request, refusal, typed=typed)
    return redirect(address)


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Reports that were sent, those to be reviewed first asked for; coordinators act on them, overseers read."""
    return _queue(request)


@login_required
@require_POST
def decide_many(request: HttpRequest) -> HttpResponse:
    """Accept or return the reports that were picked from the list; then what became of each."""
    user = insider(request)
    if not access_for(user).has(Role.COORDINATOR):
        raise PermissionDenied
    picks = picked(request.POST.getlist("pick"))
    reason = request.POST.get("reason", "").strip()[:2000]
    returning = request.POST.get("step") == "return"
    if not picks:
        return _queue(request, wrong=_("Choose reports first."))
    if returning and not reason:
        return _queue(request, wrong=_("Say what has to be changed, so that the unit can mend it."))

    def step(report: Submission, version: int) -> object:
        if returning:
            return return_report(user=user, submission=report, version=version, reason=reason)
        return accept(user=user, submission=report, version=version)

    results = decide_on_many(user=user, picks=picks, step=step)
    context = {
        "done": [one.report for one in results if not one.refused],
        "refused": [one for one in results if one.refused],
        "returning": returning,
        "reason": reason,
        "back": f"{reverse('submissions:queue')}?{request.GET.urlencode()}",
    }
    return render(request, "submissions/review/many.html", context)


def _queue(request: HttpRequest, wrong: str = "") -> HttpResponse:
    user, now = insider(request), timezone.now()
    access = access_for(user)
    if not access.has(*QUEUE_READERS):
        raise PermissionDenied
    reports = Submission.objects.visible_to(user).filter(first_sent_at__isnull=False)
    chosen = QueueFilter(request.GET or None, user=user)
    page = page_of(chosen.apply(reports, now=now).for_lists(), chosen.order, request.GET)
    context = {
        "filter": chosen,
        "page": page,
        "waiting": number_to_review(user),
        "petitions": number_to_decide(user),
        "now": now,
        "reviews": access.has(Role.COORDINATOR),
        "decidable": {one.pk for one in page if one.state == ReportState.SUBMITTED and may_review(user, one.expected)},
        "query": request.GET.urlencode(),
        "wrong": wrong,
        "picks": [report for report, _version in picked(request.POST.getlist("pick"))],
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "submissions/review/queue.html", context, status=422 if wrong else 200)
