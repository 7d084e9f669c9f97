"""A year as a wall calendar shows it: twelve months of weeks, Monday first."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from portal.calendars.rules import DayFact, WorkCalendar


@dataclass(frozen=True)
class Month:
    """The weeks of a month; None where a week reaches into another month."""

    first: datetime.date
    weeks: list[list[DayFact | None]]

    @property
    def worked(self) -> int:
        """How many days are worked."""
        return sum(fact.is_worked for week in self.weeks for fact in week if fact)


def months_of(year: int, work_calendar: WorkCalendar) -> Iterator[Month]:
    """The twelve months of a year."""
    for number in range(1, 13):
        weeks = calendar.Calendar().monthdatescalendar(year, number)
        facts = [[work_calendar.fact(day) if day.month == number else None for day in week] for week in weeks]
        yield Month(datetime.date(year, number, 1), facts)
