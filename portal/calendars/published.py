"""The notices that a library knows, so that nobody types the past in."""

import datetime
from collections.abc import Mapping
from functools import cache

from chinese_calendar.constants import Holiday, holidays, workdays

from portal.calendars.enums import DayKind
from portal.calendars.rules import Arranged

IN_CHINESE = {one.value: one.chinese for one in Holiday}


@cache
def published_days() -> Mapping[datetime.date, Arranged]:
    """Holidays and make-up days by the notices since 2004, festivals by their Chinese names."""
    off = {day: Arranged(DayKind.HOLIDAY, IN_CHINESE.get(name, name)) for day, name in holidays.items()}
    on = {day: Arranged(DayKind.WORKED, IN_CHINESE.get(name, name)) for day, name in workdays.items()}
    return off | on


@cache
def published_years() -> frozenset[int]:
    """Years whose notice the library knows."""
    return frozenset(day.year for day in holidays)
