"""Looking at a schedule before it is stored."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from forms.collection.permissions import may_create
from forms.collection.scheduling.explaining import Reason, reasons_of_occurrence
from forms.collection.scheduling.forms import ScheduleForm
from forms.collection.scheduling.naming import name_of
from forms.collection.scheduling.rules import Occurrence, Schedule
from portal.calendars.services import work_calendar

SHOWN = 36
"""Three years of months."""


@dataclass(frozen=True)
class PreviewRow:
    """A period that the schedule would make."""

    name: str
    one: Occurrence
    reasons: list[Reason]


@login_required
@require_POST
def schedule_preview(request: HttpRequest) -> HttpResponse:
    """The periods that the schedule being typed would make, each with its reasons."""
    if not may_create(request.user):
        raise PermissionDenied
    form = ScheduleForm(request.POST)
    context: dict[str, Any] = {}
    if form.is_valid() and form.schedule is not None:
        context = _shown(form.schedule)
    elif form.errors:
        wrong = [(form.fields[name].label, error) for name, errors in form.errors.items() for error in errors]
        context = {"wrong": wrong}
    return render(request, "collection/schedule_preview.html", context)


def _shown(schedule: Schedule) -> dict[str, Any]:
    found = list(schedule.occurrences(work_calendar(), timezone.get_default_timezone()))
    rows = [
        PreviewRow(name_of(one.span, schedule.frequency), one, list(reasons_of_occurrence(one)))
        for one in found[:SHOWN]
    ]
    return {
        "rows": rows,
        "total": len(found),
        "more": len(found) - len(rows),
        "is_estimate": any(one.is_estimate for one in found),
    }
