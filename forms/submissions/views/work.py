"""The list people of a unit work from: what it has to report."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from forms.submissions.todo import sent_by_units_of, todo_list
from forms.submissions.views.people import insider
from portal.units.access import access_for
from portal.units.enums import REPORTING_ROLES

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
