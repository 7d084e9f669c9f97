"""Keeps the periods of a requirement as its schedule says, ahead of time."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.collection.progress import source
from forms.collection.scheduling.naming import name_of
from forms.collection.scheduling.rules import Occurrence, Schedule
from portal.calendars.rules import WorkCalendar
from portal.calendars.services import work_calendar

AHEAD = datetime.timedelta(days=400)
"""How long before it opens a period is made: a year is seen whole, however far the schedule reaches."""


@dataclass(frozen=True)
class PeriodChanges:
    """What was done to the periods."""

    made: int = 0
    moved: int = 0
    removed: int = 0


def schedule_of(requirement: Requirement) -> Schedule | None:
    """The requirement's schedule; None where its periods are entered one by one."""
    return Schedule.from_json(requirement.schedule) if requirement.schedule else None


@transaction.atomic
def ensure_periods(
    *, requirement: Requirement, now: datetime.datetime | None = None, calendar: WorkCalendar | None = None
) -> PeriodChanges:
    """Make the periods that the schedule asks for and that are missing; may run as often as one likes, after any pause.

    A period that has not opened yet follows the schedule and the calendar; one that has opened, or in which something
    has been written, keeps its dates. Periods that the schedule does not name any more go, unless they have opened.
    """
    schedule = schedule_of(requirement)
    if schedule is None:
        return PeriodChanges()
    now = now or timezone.now()
    Requirement.objects.select_for_update().get(pk=requirement.pk)
    periods = list(requirement.periods.all())
    known = {(period.first_day, period.last_day): period for period in periods if period.is_scheduled}
    names = {period.name for period in periods}
    wanted = _wanted(schedule, calendar or work_calendar(), now)
    made = moved = 0
    with translation.override(settings.LANGUAGE_CODE):
        for span, one in wanted.items():
            period = known.pop(span, None)
            if period is None:
                _written(ReportingPeriod(requirement=requirement), one, schedule, names).save()
                made += 1
            elif period.opens_at > now and _differs(period, one):
                _written(period, one, schedule, names - {period.name}).save()
                moved += 1
    return PeriodChanges(made, moved, _remove(list(known.values()), now))


def _wanted(
    schedule: Schedule, calendar: WorkCalendar, now: datetime.datetime
) -> dict[tuple[datetime.date, datetime.date], Occurrence]:
    zone = timezone.get_default_timezone()
    return {
        (one.span.first, one.span.last): one
        for one in schedule.occurrences(calendar, zone)
        if one.opens_at <= now + AHEAD
    }


def _written(period: ReportingPeriod, one: Occurrence, schedule: Schedule, names: set[str]) -> ReportingPeriod:
    """The period with the dates of the occurrence; its name is none of those that others have."""
    period.name = name_of(one.span, schedule.frequency)
    if period.name in names:  # entered by hand, or left by a schedule of before
        period.name = f"{period.name} ({one.span.first.isoformat()})"
    names.add(period.name)
    period.first_day, period.last_day = one.span.first, one.span.last
    period.opens_at, period.due_at, period.closes_at = one.opens_at, one.due_at, one.closes_at
    period.late_after = one.late_after if one.late_after != one.due_at else None
    period.is_estimate = one.is_estimate
    return period


def _differs(period: ReportingPeriod, one: Occurrence) -> bool:
    stored = (period.opens_at, period.due_at, period.closes_at, period.late_after or period.due_at, period.is_estimate)
    return stored != (one.opens_at, one.due_at, one.closes_at, one.late_after, one.is_estimate)


def _remove(periods: list[ReportingPeriod], now: datetime.datetime) -> int:
    """Remove those that have not opened and in which nothing was written; gives how many."""
    unopened = [period.pk for period in periods if period.opens_at > now]
    if not unopened:
        return 0
    expected = ExpectedReport.objects.filter(period__in=unopened)
    begun = expected.filter(pk__in=source().facts(expected)).values("period_id")
    gone = ReportingPeriod.objects.filter(pk__in=unopened).exclude(pk__in=begun)
    removed = gone.count()
    gone.delete()
    return removed
