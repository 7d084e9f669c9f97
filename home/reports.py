"""Reports that wait for a person, on the home page."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from forms.reporting.rollups.models import RollUp
from forms.submissions.counts import WaitingKind, waiting_for
from home.waiting import Waiting, ask
from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from portal.accounts.models import User

URGENT = {WaitingKind.RETURNED, WaitingKind.OVERDUE}


@ask
def waiting_reports(user: "User") -> Iterator[Waiting]:
    """What is returned, overdue, due, or to be reviewed."""
    for one in waiting_for(user):
        yield Waiting(str(one.kind.label), one.number, one.url, is_urgent=one.kind in URGENT)


@ask
def affected_rollups(user: "User") -> Iterator[Waiting]:
    """Roll-ups of the person's units that stand on reports which have moved since."""
    if access_for(user).has(Role.COORDINATOR):
        number = RollUp.objects.manageable_by(user).affected_ones().count()
        yield Waiting(_("Roll-ups affected by reports that moved"), number, reverse("rollups:list"))
