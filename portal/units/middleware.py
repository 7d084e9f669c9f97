"""Roles that begin or end today."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.accounts.models import User
from portal.units.roles import apply_roles


class RolesOfTheDayMiddleware:
    """Apply a person's memberships anew at the first request of each day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        user = request.user
        if isinstance(user, User) and user.groups_synced_on != timezone.localdate():
            apply_roles(user=user)
        return self.get_response(request)
