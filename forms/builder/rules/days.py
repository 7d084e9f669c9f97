"""Days, months and times as people write them, and as they are read. No zone: a time is one on the wall."""

import datetime
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from forms.builder.rules.text import half_width

FIRST_YEAR, LAST_YEAR = 1900, 2100
MAX_TYPED = 60
"""More than any date and time takes; a longer text is none and is not said again in the message."""

DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})")
TIME = re.compile(r"(\d{1,2})\s*[:.时点]\s*(\d{1,2})\s*分?(?::00(?:\.0+)?)?|(\d{1,2})\s*[时点]整?")
MOMENT = re.compile(r"(.*?\d\s*日?)\s*(?:[T,]\s*|\s|(?<=日))(\d{1,2}\s*[:.时点].*)")


def parse_day(text: str) -> datetime.date | None:
    """The day typed, None for nothing: 2026-02-03, 2026/2/3, 2026年2月3日, 20260203, full-width digits too.

    ValidationError for what is no day of the calendar, or lies outside 1900–2100.
    """
    typed = half_width(text)
    if not typed:
        return None
    match = DAY.fullmatch(typed) or COMPACT_DAY.fullmatch(typed)
    if match is None:
        raise ValidationError(_("Please write the date as 2026-02-03."), code="invalid")
    year, month, day = (int(part) for part in match.groups())
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        message = _("%(typed)s is not a day of the calendar.")
        raise ValidationError(message, code="no_such_day", params={"typed": "".join(typed.split())}) from None
    return in_range(found)


def parse_month(text: str) -> datetime.date | None:
    """The first day of the month typed, None for nothing: 2026-02, 2026年2月, 2026/2, 202602."""
    typed = half_width(text)
    if not typed:
        return None
    match = MONTH.fullmatch(typed) or COMPACT_MONTH.fullmatch(typed)
    if match is None:
        raise ValidationError(_("Please write year and month as 2026-02."), code="invalid")
    year, month = (int(part) for part in match.groups())
    try:
        found = datetime.date(year, month, 1)
    except ValueError:
        message = _("%(typed)s is not a month of the calendar.")
        raise ValidationError(message, code="no_such_month", params={"typed": "".join(typed.split())}) from None
    return in_range(found)


def in_range(day: datetime.date) -> datetime.date:
    """The same day; ValidationError if its year is a slip of the finger."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = _("The year must lie between %(first)d and %(last)d.")
        raise ValidationError(message, code="year", params={"first": FIRST_YEAR, "last": LAST_YEAR})
    return day


def parse_time(text: str) -> datetime.time | None:
    """The time typed, None for nothing: 09:05, 9:05, ９：０５, 9时5分, 9点. To the minute; seconds may only be 00."""
    typed = half_width(text)
    if not typed:
        return None
    match = TIME.fullmatch(typed)
    if match is None:
        raise ValidationError(_("Please write the time as 09:05, by the 24-hour clock."), code="invalid")
    hour, minute = int(match[1] or match[3]), int(match[2] or 0)
    try:
        return datetime.time(hour, minute)
    except ValueError:
        message = _("%(typed)s is not a time of the day: hours go from 0 to 23, minutes from 0 to 59.")
        raise ValidationError(message, code="no_such_time", params={"typed": "".join(typed.split())}) from None


def parse_moment(text: str) -> datetime.datetime | None:
    """The day and time typed, None for nothing: 2026-02-03 09:05, 2026-02-03T09:05, 2026年2月3日9时5分."""
    typed = half_width(text)
    if not typed:
        return None
    match = MOMENT.fullmatch(typed) if len(typed) <= MAX_TYPED else None
    if match is None:
        raise ValidationError(_("Please write day and time as 2026-02-03 09:05."), code="invalid")
    day, time = parse_day(match[1]), parse_time(match[2])
    # Neither is empty: both groups begin or end with a digit.
    return datetime.datetime.combine(day, time) if day and time else None


def text_of_cell(cell: Any) -> str:
    """What a workbook's cell says: its days and times in the way that the functions above read, all else as text."""
    match cell:
        case None:
            return ""
        case datetime.datetime():
            return cell.strftime("%Y-%m-%dT%H:%M:%S")
        case datetime.date() | datetime.time():
            return cell.isoformat()
        case _:
            return str(cell)


def day_in_words(day: datetime.date) -> str:
    """The day as the reader's language writes it: 2026年2月3日."""
    return formats.date_format(day, "DATE_FORMAT")


def month_in_words(month: datetime.date) -> str:
    """The month as the reader's language writes it: 2026年2月."""
    return formats.date_format(month, "YEAR_MONTH_FORMAT")


def time_in_words(time: datetime.time) -> str:
    """09:05 in every language."""
    return time.strftime("%H:%M")


def moment_in_words(moment: datetime.datetime) -> str:
    """2026年2月3日 09:05."""
    return f"{day_in_words(moment.date())} {time_in_words(moment.time())}"
