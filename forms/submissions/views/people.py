"""Who is asking."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from portal.accounts.models import User
from portal.units.access import access_for
from portal.units.enums import INSIDERS, SEES_EVERY_REPORT, Role

QUEUE_READERS = SEES_EVERY_REPORT | {Role.COORDINATOR}
"""Who may open the list of reports received."""


def insider(request: HttpRequest) -> User:
    """The signed-in person, who must have a role inside the administration (403 otherwise)."""
    if not isinstance(request.user, User) or not access_for(request.user).has(*INSIDERS):
        raise PermissionDenied
    return request.user
