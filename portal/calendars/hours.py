"""Working time: when it is right to write to somebody. Pure: instants in, instants out.

`zone` is the zone in which offices live (the site's). Both functions take aware instants.
"""

import datetime

from portal.calendars.rules import ONE_DAY, WorkCalendar

BEGINS, ENDS = datetime.time(9), datetime.time(18)
"""Of a working day, in the zone of the offices; the end is not part of it."""


def is_working_time(at: datetime.datetime, calendar: WorkCalendar, zone: datetime.tzinfo) -> bool:
    """Whether offices work at this instant."""
    local = at.astimezone(zone)
    return calendar.is_worked(local.date()) and BEGINS <= local.time() < ENDS


def next_working_time(at: datetime.datetime, calendar: WorkCalendar, zone: datetime.tzinfo) -> datetime.datetime:
    """The instant itself where offices work then, else 09:00 of the next working day."""
    return at if is_working_time(at, calendar, zone) else next_morning(at, calendar, zone)


def next_morning(after: datetime.datetime, calendar: WorkCalendar, zone: datetime.tzinfo) -> datetime.datetime:
    """09:00 of the first working day that begins after the instant."""
    local = after.astimezone(zone)
    day = local.date() if local.time() < BEGINS else local.date() + ONE_DAY
    return datetime.datetime.combine(calendar.next_worked(day).result, BEGINS, zone)


def working_time(
    start: datetime.datetime, end: datetime.datetime, calendar: WorkCalendar, zone: datetime.tzinfo
) -> datetime.timedelta:
    """How much working time lies between two instants; none where the second is not after the first."""
    start, end, total = start.astimezone(zone), end.astimezone(zone), datetime.timedelta()
    day = start.date()
    while day <= end.date():
        if calendar.is_worked(day):
            begins, ends = (datetime.datetime.combine(day, clock, zone) for clock in (BEGINS, ENDS))
            total += max(min(end, ends) - max(start, begins), datetime.timedelta())
        day += ONE_DAY
    return total


def after_working_time(
    start: datetime.datetime, length: datetime.timedelta, calendar: WorkCalendar, zone: datetime.tzinfo
) -> datetime.datetime:
    """The instant by which so much working time (more than none) has passed since the start."""
    at, left = next_working_time(start.astimezone(zone), calendar, zone), length
    while True:
        ends = datetime.datetime.combine(at.date(), ENDS, zone)
        if left <= ends - at:
            return at + left
        left -= ends - at
        at = next_morning(ends, calendar, zone)
