"""When what failed is tried again, and when the indexes are checked by night. Pure."""

import datetime

from portal.ops.schedule import SMALL_HOURS, is_small_hours

SET_ASIDE_AFTER = 5
"""So often a document may fail before it is set aside until it changes."""

LONGEST_PAUSE = datetime.timedelta(seconds=60)


def pause(failures: int) -> datetime.timedelta:
    """How long to wait after so many failures in a row: 2, 4, 8 … seconds, at most a minute."""
    return min(LONGEST_PAUSE, datetime.timedelta(seconds=2 ** min(failures, 10)))


CHECKED_AGAIN_AFTER = datetime.timedelta(hours=1)
"""So long after a check for which its engine was away, another is tried within the same night."""


def check_is_due(now: datetime.datetime, *, checked_at: datetime.datetime | None, was_away: bool) -> bool:
    """Whether the nightly check is due at this local moment, after the last one that also repaired.

    It follows from when that was, so after days without a worker the next small hours are due like any others.
    """
    if not is_small_hours(now):
        return False
    if checked_at is None or checked_at < now.replace(hour=SMALL_HOURS[0], minute=0, second=0, microsecond=0):
        return True
    return was_away and now - checked_at >= CHECKED_AGAIN_AFTER
