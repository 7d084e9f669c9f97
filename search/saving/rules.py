"""Under which key a saved search is known, and when its alerts are due. Pure."""

import datetime
import hashlib

from portal.calendars.rules import ONE_DAY, WorkCalendar
from search.parameters import Asked
from search.saving.enums import Cadence

MOST = 50
"""So many searches a person may keep."""

AT = datetime.time(8)
"""Before offices begin, and before the e-mails that are sent together go out at nine."""

MONDAY = 0


def key_of(asked: Asked) -> str:
    """The same for the same question, however its address was written: SHA-256 of the address in one spelling."""
    return hashlib.sha256(asked.normalised().address().encode()).hexdigest()


def next_alert(
    cadence: Cadence, after: datetime.datetime, calendar: WorkCalendar, zone: datetime.tzinfo
) -> datetime.datetime | None:
    """The next instant at which daily or weekly alerts go out; None where there is no such instant.

    Daily: 08:00 of the next working day. Weekly: 08:00 of the first working day from the next Monday on.
    """
    if cadence not in {Cadence.DAILY, Cadence.WEEKLY}:
        return None
    local = after.astimezone(zone)
    day = local.date() if local.time() < AT else local.date() + ONE_DAY
    while cadence == Cadence.WEEKLY and day.weekday() != MONDAY:
        day += ONE_DAY
    return datetime.datetime.combine(calendar.next_worked(day).result, AT, zone)
