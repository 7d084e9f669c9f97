"""Hours worked, counted a second time: minute by minute of the year's offices, without the portal's calendar."""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

import chinese_calendar
from chinese_calendar.constants import holidays
from django.utils import timezone

MINUTE = datetime.timedelta(minutes=1)
PUBLISHED = frozenset(day.year for day in holidays)
"""Years of which the State Council has spoken; of the others the weekdays are worked."""


def minutes_worked(start: datetime.datetime, end: datetime.datetime) -> int:
    """How many minutes of work begin between two instants."""
    if end <= start:
        return 0
    opened = _opened(start.year)
    return bisect_left(opened, end) - bisect_left(opened, start)


def minutes_later(start: datetime.datetime, minutes: int) -> datetime.datetime:
    """The instant at which so many minutes of work have passed since the start."""
    opened = _opened(start.year)
    return opened[bisect_right(opened, start - MINUTE) + minutes - 1] + MINUTE


@cache
def _opened(year: int) -> list[datetime.datetime]:
    """The beginning of each minute worked in the year and the two around it."""
    return list(_minutes(datetime.date(year - 1, 1, 1), datetime.date(year + 2, 1, 1)))


def _minutes(day: datetime.date, end: datetime.date) -> Iterator[datetime.datetime]:
    zone = timezone.get_default_timezone()
    while day < end:
        if _is_worked(day):
            nine = datetime.datetime.combine(day, datetime.time(9), zone)
            yield from (nine + number * MINUTE for number in range(9 * 60))
        day += datetime.timedelta(days=1)


def _is_worked(day: datetime.date) -> bool:
    if day.year in PUBLISHED:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5
