"""Who may see and who may set the calendar."""

from typing import TYPE_CHECKING

from portal.units.access import access_for
from portal.units.enums import ADMIN_INTERFACE, Role

if TYPE_CHECKING:
    from portal.accounts.models import User


def may_see_calendar(user: "User") -> bool:
    """Whoever works in the admin; the dates that it leads to everybody sees."""
    return access_for(user).has(*ADMIN_INTERFACE)


def may_arrange_days(user: "User") -> bool:
    """Administrators: every limit in the portal is counted by it."""
    return access_for(user).has(Role.ADMINISTRATOR)
