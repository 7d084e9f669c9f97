"""When what failed is tried again. Pure."""

import datetime

SET_ASIDE_AFTER = 5
"""So often a document may fail before it is set aside until it changes."""

LONGEST_PAUSE = datetime.timedelta(seconds=60)


def pause(failures: int) -> datetime.timedelta:
    """How long to wait after so many failures in a row: 2, 4, 8 … seconds, at most a minute."""
    return min(LONGEST_PAUSE, datetime.timedelta(seconds=2 ** min(failures, 10)))
