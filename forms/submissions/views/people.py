"""Who is asking."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from portal.accounts.models import User
from portal.units.access import access_for
from portal.units.enums import INSIDERS


def insider(request: HttpRequest) -> User:
    """The signed-in person, who must have a role inside the administration (403 otherwise)."""
    if not isinstance(request.user, User) or not access_for(request.user).has(*INSIDERS):
        raise PermissionDenied
    return request.user
