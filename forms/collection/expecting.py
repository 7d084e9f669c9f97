"""Makes what is expected (应报), before anybody sends anything, and takes back what is not owed any more."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from forms.collection.enums import RequirementState
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.collection.progress import source
from forms.collection.querysets import ExpectedReportQuerySet
from forms.collection.scheduling.services import ensure_periods
from forms.collection.scheduling.units import units_chosen
from portal.calendars.rules import WorkCalendar
from portal.calendars.services import work_calendar
from portal.units.models import Unit

PERIODS_AT_ONCE = 200
DueDays = dict[int, datetime.date]
"""Periods by number, with the day on which they are due."""
AHEAD = datetime.timedelta(days=31)
"""How long before a scheduled period opens its reports are expected."""


@transaction.atomic
def ensure_expected_reports(*, requirement: Requirement, now: datetime.datetime | None = None) -> int:
    """Make the expected reports that are missing, and pin the form version of periods that have opened.

    May be called as often as one likes and after any pause: what is there stays, what is missing is made. A unit that
    does not exist on a period's due day owes nothing for it. For periods that a schedule made, the reports are expected
    from a month before they open, so that nobody's list holds a year of what is still to come.
    """
    locked = Requirement.objects.select_for_update().get(pk=requirement.pk)
    if locked.state != RequirementState.OPEN:
        return 0
    now = now or timezone.now()
    soon = Q(first_day__isnull=True) | Q(opens_at__lte=now + AHEAD)
    units, created = list(units_chosen(locked)), 0
    for due in _some_at_a_time(locked.periods.filter(soon)):
        known = set(_expected_of(due).values_list("period_id", "unit_id"))
        missing = [ExpectedReport(period_id=period, unit_id=unit) for period, unit in sorted(_owed(due, units) - known)]
        created += len(ExpectedReport.objects.bulk_create(missing, ignore_conflicts=True))
    _pin_versions(locked.periods.to_be_pinned(now))
    return created


def _owed(due: DueDays, units: Iterable[Unit]) -> set[tuple[int, int]]:
    """Period and unit of everything that is owed: a unit owes for a period if it exists on the due day."""
    return {(period, unit.pk) for period, day in due.items() for unit in units if unit.exists_on(day)}


def _some_at_a_time(periods: QuerySet[ReportingPeriod]) -> Iterator[DueDays]:
    """So that many years of a requirement take no more memory than a month of it."""
    rows = periods.order_by("pk").values_list("pk", "due_at").iterator(chunk_size=PERIODS_AT_ONCE)
    while some := list(islice(rows, PERIODS_AT_ONCE)):
        yield {period: timezone.localdate(due_at) for period, due_at in some}


def _expected_of(due: DueDays) -> ExpectedReportQuerySet:
    return ExpectedReport.objects.filter(period_id__in=due).order_by()


@transaction.atomic
def keep_up(
    *, requirement: Requirement, calendar: WorkCalendar | None = None, now: datetime.datetime | None = None
) -> int:
    """Periods, then what is expected for them, then what is not owed any more; gives how many reports were made."""
    now = now or timezone.now()
    ensure_periods(requirement=requirement, now=now, calendar=calendar)
    release_units(requirement=requirement, due_after=now)
    return ensure_expected_reports(requirement=requirement, now=now)


def keep_all_up(now: datetime.datetime | None = None) -> int:
    """The same for every requirement that is being collected; one transaction each."""
    calendar = work_calendar()
    requirements = Requirement.objects.filter(state=RequirementState.OPEN)
    return sum(keep_up(requirement=requirement, calendar=calendar, now=now) for requirement in requirements)


@transaction.atomic
def release_units(*, requirement: Requirement, due_after: datetime.datetime | None = None) -> int:
    """Take back what units owe that are not asked any more and have written nothing; gives how many.

    With `due_after` only for periods due later: what was owed in the past stays owed.
    """
    periods = requirement.periods.all()
    if due_after is not None:
        periods = periods.filter(due_at__gt=due_after)
    units, released = list(units_chosen(requirement)), 0
    for due in _some_at_a_time(periods):
        owing, rows = _owed(due, units), _expected_of(due).values_list("pk", "period_id", "unit_id")
        stale = [pk for pk, *pair in rows if tuple(pair) not in owing]
        if stale:
            former = ExpectedReport.objects.filter(pk__in=stale)
            released += former.exclude(pk__in=source().begun(former)).delete()[0]
    return released


@transaction.atomic
def pin_version(*, period: ReportingPeriod) -> ReportingPeriod:
    """The period with its form version, pinned now where that has not happened yet."""
    if period.version_id is None:
        _pin_versions(ReportingPeriod.objects.select_for_update().filter(pk=period.pk, version__isnull=True))
        period.refresh_from_db(fields=["version"])
    return period


def _pin_versions(periods: QuerySet[ReportingPeriod]) -> None:
    for period in periods.select_related("requirement__form"):
        period.version = period.requirement.form.current_version
        period.save(update_fields=["version"])
