"""How long a page was really worked in: what the browser counted, at most what has passed since it was served."""

import datetime

from django.core import signing

SALT = "forms.submissions.worked"
LONGEST = 24 * 60 * 60
"""Seconds that one page may count: a browser left open over a weekend has not been worked in for a weekend."""


def served(report_id: int, now: datetime.datetime) -> str:
    """A mark on the page that says when it was served, and for which report; nobody can make one up."""
    return signing.dumps([report_id, int(now.timestamp())], salt=SALT)


def seconds_worked(
    counted: str, mark: str, report_id: int, now: datetime.datetime, *, counted_until: datetime.datetime | None = None
) -> int:
    """The seconds that count; 0 where the page carries no mark of this report.

    What was saved by the same person at `counted_until` has been counted: a request that is repeated because its answer
    was lost, or a second page of the same person, counts nothing twice.
    """
    try:
        number, at = signing.loads(mark, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return 0
    if number != report_id or not counted.isdecimal() or len(counted) > len(str(LONGEST)):
        return 0
    begun = at if counted_until is None else max(at, int(counted_until.timestamp()))
    passed = int(now.timestamp()) - begun
    return max(0, min(int(counted), passed, LONGEST))
