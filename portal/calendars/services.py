"""The calendar that holds now, and writes to it."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.calendars.enums import DayKind, Source
from portal.calendars.models import CalendarDay, CalendarYear
from portal.calendars.published import published_days, published_years
from portal.calendars.rules import Arranged, WorkCalendar

if TYPE_CHECKING:
    from portal.accounts.models import User


def work_calendar() -> WorkCalendar:
    """The calendar that holds now, two queries; hold on to it while you count."""
    entered_years = set(CalendarYear.objects.values_list("year", flat=True))
    entered = {
        row.day: Arranged(DayKind(row.kind), row.name, Source.ENTERED)
        for row in CalendarDay.objects.all()
        if row.day.year in entered_years or not row.is_of_notice
    }
    known = {day: one for day, one in published_days().items() if day.year not in entered_years}
    return WorkCalendar({**known, **entered}, published_years() | entered_years)


@transaction.atomic
def enter_notice(
    *, user: "User", year: int, notice: str, days: Mapping[datetime.date, tuple[DayKind, str]]
) -> CalendarYear:
    """Store the days of a year's notice in place of those entered before; days that the city set itself stay.

    ValidationError where a day lies in another year.
    """
    if stray := [day for day in days if day.year != year]:
        raise ValidationError(_("%(day)s lies in another year.") % {"day": stray[0].isoformat()})
    entered, created = CalendarYear.objects.update_or_create(year=year, defaults={"notice": notice, "entered_by": user})
    CalendarDay.objects.of_year(year).filter(is_of_notice=True).delete()
    own = set(CalendarDay.objects.of_year(year).values_list("day", flat=True))
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, kind=kind, name=name, is_of_notice=True)
        for day, (kind, name) in days.items()
        if day not in own
    )
    action = AuditAction.CREATE if created else AuditAction.CHANGE
    record(action=action, user=user, target=entered, summary="calendar.notice", details={"days": len(days)})
    return entered


@transaction.atomic
def arrange_day(*, user: "User", day: datetime.date, kind: DayKind, name: str) -> CalendarDay:
    """Set one day apart from its weekday and from the notice."""
    arranged, _created = CalendarDay.objects.update_or_create(
        day=day, defaults={"kind": kind, "name": name, "is_of_notice": False}
    )
    record(action=AuditAction.CHANGE, user=user, target=arranged, summary="calendar.day", details={"kind": kind})
    return arranged


@transaction.atomic
def release_day(*, user: "User", arranged: CalendarDay) -> None:
    """Let a day be again what its weekday or a notice that the library knows makes of it."""
    record(action=AuditAction.DELETE, user=user, target=arranged, summary="calendar.day")
    arranged.delete()
