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
