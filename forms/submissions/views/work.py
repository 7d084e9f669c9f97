"""The two lists people work from: what a unit has to report, and what has to be reviewed."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from forms.submissions.counts import to_review
from forms.submissions.forms import QueueFilter
from forms.submissions.models import Petition, Submission
from forms.submissions.todo import sent_by_units_of, todo_list
from forms.submissions.views.people import QUEUE_READERS, insider
from portal.units.access import access_for
from portal.units.enums import REPORTING_ROLES, Role

PAGE_SIZE = 20


@login_required
@require_GET
def todo(request: HttpRequest) -> HttpResponse:
    """My reports: returned, due, not open yet, missed, sent."""
    user, now = insider(request), timezone.now()
    context = {
        "todo": todo_list(user=user, now=now),
        "page": Paginator(sent_by_units_of(user), PAGE_SIZE).get_page(request.GET.get("page")),
        "now": now,
        "reports_for_a_unit": access_for(user).has(*REPORTING_ROLES),
    }
    return render(request, "submissions/todo.html", context)


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Reports that were sent, those to be reviewed first asked for; coordinators act on them, overseers read."""
    user, now = insider(request), timezone.now()
    access = access_for(user)
    if not access.has(*QUEUE_READERS):
        raise PermissionDenied
    reports = Submission.objects.visible_to(user).filter(first_sent_at__isnull=False)
    chosen = QueueFilter(request.GET or None, user=user)
    rows = chosen.apply(reports).with_names().order_by("-sent_at", "-pk")
    context = {
        "filter": chosen,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "waiting": to_review(user).count(),
        "petitions": Petition.objects.to_decide(user).count(),
        "now": now,
        "reviews": access.has(Role.COORDINATOR),
    }
    return render(request, "submissions/queue.html", context)
