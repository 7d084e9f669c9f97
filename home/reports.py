"""Reports that wait for a person, on the home page."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from forms.submissions.counts import WaitingKind, waiting_for
from home.waiting import Waiting, ask

if TYPE_CHECKING:
    from portal.accounts.models import User

URGENT = {WaitingKind.RETURNED, WaitingKind.OVERDUE}


@ask
def waiting_reports(user: "User") -> Iterator[Waiting]:
    """What is returned, overdue, due, or to be reviewed."""
    for one in waiting_for(user):
        yield Waiting(str(one.kind.label), one.number, one.url, is_urgent=one.kind in URGENT)
