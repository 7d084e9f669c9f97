"""Until when a report that came back is to be sent again. Pure: instants in, instants out.

The unit's time does not run while the report lies with the reviewer: the working time that was left when it was sent is
given again from the return on. However late it was sent, it gets at least `LEAST`; and it is never due sooner than it
would have been without the return.
"""

import datetime
from dataclasses import dataclass

from portal.calendars.hours import BEGINS, ENDS, after_working_time, working_time
from portal.calendars.rules import WorkCalendar

LEAST = datetime.datetime.combine(datetime.date.min, ENDS) - datetime.datetime.combine(datetime.date.min, BEGINS)
"""One working day: what comes back on a Tuesday at three need not be mended before Wednesday at three."""


@dataclass(frozen=True)
class Pause:
    """A stay with the reviewer: until when the report was due, when it was sent, when it came back, and until when."""

    due_at: datetime.datetime
    sent_at: datetime.datetime
    returned_at: datetime.datetime
    left: datetime.timedelta
    """Working time that was left when it was sent."""
    given: datetime.timedelta
    """Working time that is given from the return on."""
    due_again_at: datetime.datetime


def paused(
    *,
    due_at: datetime.datetime,
    sent_at: datetime.datetime,
    returned_at: datetime.datetime,
    calendar: WorkCalendar,
    zone: datetime.tzinfo,
) -> Pause:
    """The stay with the reviewer, reckoned."""
    left = working_time(sent_at, due_at, calendar, zone)
    given = max(left, LEAST)
    again = max(due_at, after_working_time(returned_at, given, calendar, zone))
    return Pause(due_at, sent_at, returned_at, left, given, again)
