"""Who may make and change requirements."""

from typing import TYPE_CHECKING

from forms.collection.models import Requirement
from portal.units.access import access_for
from portal.units.enums import Role
from portal.units.models import Unit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User
    from portal.units.querysets import UnitQuerySet


def may_create(user: "User | AnonymousUser") -> bool:
    """Coordinators and administrators."""
    return access_for(user).has(Role.COORDINATOR, Role.ADMINISTRATOR)


def may_manage(user: "User | AnonymousUser", requirement: Requirement) -> bool:
    """Coordinators of the collecting unit, and administrators."""
    access = access_for(user)
    return access.has(Role.ADMINISTRATOR) or requirement.owner_id in access.unit_ids(Role.COORDINATOR)


def collecting_units(user: "User | AnonymousUser") -> "UnitQuerySet":
    """Units in whose name a person may collect: all for administrators, the own ones for coordinators."""
    access = access_for(user)
    units = Unit.objects.active()
    return units if access.has(Role.ADMINISTRATOR) else units.filter(pk__in=access.unit_ids(Role.COORDINATOR))
