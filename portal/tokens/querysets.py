"""Reads of tokens."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User
    from portal.tokens.models import ApiToken


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own; all for administrators. What a token is nobody sees again."""
        if access_for(user).has(Role.ADMINISTRATOR):
            return self.all()
        return self.filter(owner_id=user.pk) if user.is_authenticated else self.none()

    def in_force(self, now: datetime.datetime) -> Self:
        """Those that open anything: not taken back, not expired, of an account that may sign in."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now, owner__is_active=True)
