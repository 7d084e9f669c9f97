"""The pages of a programme: list, ledger, task, and its state."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.models import User
from portal.programmes import services
from portal.programmes.enums import ProgrammeState
from portal.programmes.ledger import LedgerFilter, read_ledger
from portal.programmes.links import citation_links
from portal.programmes.models import Programme, Task
from portal.programmes.permissions import may_change_state, may_read_programmes
from portal.units.access import access_for

NEXT_STATES: dict[ProgrammeState, tuple[ProgrammeState, ...]] = {
    ProgrammeState.DRAFT: (ProgrammeState.RUNNING,),
    ProgrammeState.RUNNING: (ProgrammeState.CLOSED, ProgrammeState.DRAFT),
    ProgrammeState.CLOSED: (ProgrammeState.RUNNING,),
}


@login_required
@require_GET
def programme_list(request: HttpRequest) -> HttpResponse:
    """The programmes, the latest first."""
    if not may_read_programmes(request.user):
        raise PermissionDenied
    programmes = (
        Programme.objects.visible_to(request.user)
        .select_related("owner")
        .annotate(task_count=Count("tasks", distinct=True), action_count=Count("actions", distinct=True))
    )
    return render(
        request,
        "programmes/list.html",
        {"programmes": programmes, "may_prepare": may_change_state(request.user)},
    )


@login_required
@require_GET
def programme_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The ledger of a programme."""
    programme = _programme(request, pk)
    own = access_for(request.user).unit_ids()
    ledger = read_ledger(programme, LedgerFilter.from_query(request.GET), own_units=own)
    state = ProgrammeState(programme.state)
    links = citation_links(programme.citations, request.user)
    context = {
        "programme": programme,
        "ledger": ledger,
        "phases": programme.phases.all(),
        "duties": programme.reporting_duties.all(),
        "citations": [(number, links.get(number)) for number in programme.citations],
        "next_states": NEXT_STATES[state] if may_change_state(request.user) else (),
    }
    return render(request, "programmes/detail.html", context)


@login_required
@require_GET
def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A task: the plan's words, units, time limits."""
    tasks = Task.objects.visible_to(request.user).select_related("programme", "action")
    task = get_object_or_404(tasks, pk=pk)
    own = access_for(request.user).unit_ids()
    context = {
        "task": task,
        "programme": task.programme,
        "task_units": task.task_units.select_related("unit"),
        "milestones": task.milestones.all(),
        "own_units": own,
    }
    return render(request, "programmes/task.html", context)


@login_required
@require_POST
def programme_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a programme into another state."""
    programme = _programme(request, pk)
    if not may_change_state(request.user):
        raise PermissionDenied
    wanted = request.POST.get("state", "")
    state = ProgrammeState(programme.state)
    if wanted not in NEXT_STATES[state]:
        messages.warning(request, _("The programme has been changed in the meantime. Please look at it once more."))
        return redirect("programmes:detail", pk)
    services.change_state(programme=programme, state=ProgrammeState(wanted), user=cast(User, request.user))
    messages.success(request, _("The programme is now: %s") % ProgrammeState(wanted).label)
    return redirect("programmes:detail", pk)


def _programme(request: HttpRequest, pk: int) -> Programme:
    """A programme that the person may read."""
    return get_object_or_404(Programme.objects.visible_to(request.user).select_related("owner"), pk=pk)
