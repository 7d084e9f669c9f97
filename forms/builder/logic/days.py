"""Dates in expressions: ISO 8601 texts of the years 1–9999. What is no day of the calendar is null."""

import calendar
import datetime
import re
from typing import Any

from forms.builder.logic.values import number

DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T[0-9]{2}:[0-9]{2})?")
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
MOST = 4_000_000
"""More days or months than there are."""


def day(value: Any) -> datetime.date | None:
    """The day of a date or a date with time."""
    match = DAY.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        return datetime.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def month(value: Any) -> tuple[int, int] | None:
    """Year and month of a month, a date or a date with time."""
    found = day(value)
    if found:
        return found.year, found.month
    match = MONTH.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    year, which = (int(part) for part in match.groups())
    return (year, which) if year >= 1 and 1 <= which <= 12 else None


def whole(value: Any) -> int | None:
    """A whole number of days or months; None for whatever else."""
    found = number(value)
    return int(found) if found is not None and found.is_integer() and abs(found) <= MOST else None


def days_between(first: Any, second: Any) -> int | None:
    """Days from the first to the second; negative if the second lies before."""
    start, end = day(first), day(second)
    return (end - start).days if start and end else None


def add_days(value: Any, count: Any) -> str | None:
    """The day so many days later."""
    start, days = day(value), whole(count)
    if start is None or days is None:
        return None
    try:
        return (start + datetime.timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def add_months(value: Any, count: Any) -> str | None:
    """The same day so many months later, the month's last where it is shorter: 31 January + 1 is 28 or 29 February.

    A month stays a month.
    """
    start, months = month(value), whole(count)
    if start is None or months is None:
        return None
    year, which = divmod(start[0] * 12 + start[1] - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    found = day(value)
    if found is None:
        return f"{year:04d}-{which + 1:02d}"
    last = calendar.monthrange(year, which + 1)[1]
    return datetime.date(year, which + 1, min(found.day, last)).isoformat()


def year_of(value: Any) -> int | None:
    """The year of a date or a month."""
    found = month(value)
    return found[0] if found else None


def month_of(value: Any) -> int | None:
    """The month of a date or a month, 1–12."""
    found = month(value)
    return found[1] if found else None


def day_of(value: Any) -> str | None:
    """The day of a date with time."""
    found = day(value)
    return found.isoformat() if found else None
