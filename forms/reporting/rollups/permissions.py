"""Who compiles."""

from typing import TYPE_CHECKING

from forms.collection.models import Requirement
from portal.units.access import access_for
from portal.units.enums import SEES_EVERY_REPORT, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def may_compile(user: "User | AnonymousUser", requirement: Requirement) -> bool:
    """Coordinators of the collecting unit, as for reviewing."""
    return requirement.owner_id in access_for(user).unit_ids(Role.COORDINATOR)


def may_look(user: "User | AnonymousUser") -> bool:
    """Whether the list of roll-ups is for the person at all."""
    return access_for(user).has(Role.COORDINATOR, *SEES_EVERY_REPORT)
