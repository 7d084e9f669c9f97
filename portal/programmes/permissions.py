"""Who may do what with plans and programmes."""

from typing import TYPE_CHECKING

from portal.units.access import access_for
from portal.units.enums import INSIDERS, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def may_see_plans(user: "User | AnonymousUser") -> bool:
    """Whether the person may look at uploaded plans and what was read out of them."""
    return access_for(user).has(Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR)


def may_edit_plans(user: "User | AnonymousUser") -> bool:
    """Whether the person may upload plans, correct proposals and make programmes of them."""
    return access_for(user).has(Role.COORDINATOR, Role.ADMINISTRATOR)


def may_change_state(user: "User | AnonymousUser") -> bool:
    """Whether the person may start, close and reopen a programme."""
    return access_for(user).has(Role.COORDINATOR, Role.ADMINISTRATOR)


def may_read_programmes(user: "User | AnonymousUser") -> bool:
    """Whether the person may read programmes that are under way."""
    return access_for(user).has(*INSIDERS)
