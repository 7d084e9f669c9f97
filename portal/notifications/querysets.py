"""Reads of notifications and their deliveries."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from portal.notifications.enums import DeliveryState
from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User
    from portal.notifications.models import Delivery, Notification


class NotificationQuerySet(models.QuerySet["Notification"]):
    """What people were told."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own, and nobody else's."""
        return self.addressed_to(user.pk) if user.is_authenticated else self.none()

    def addressed_to(self, recipient: int) -> Self:
        """Those of one account, by its number."""
        return self.filter(recipient_id=recipient)

    def unread(self) -> Self:
        """Those that have not been opened."""
        return self.filter(read_at__isnull=True)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries on the channels."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """All for administrators; nobody else looks after them."""
        return self.all() if access_for(user).has(Role.ADMINISTRATOR) else self.none()

    def waiting(self) -> Self:
        """Those nobody has begun to send."""
        return self.filter(state=DeliveryState.QUEUED)

    def due(self, now: datetime.datetime) -> Self:
        """Waiting ones whose turn has come, or has come again."""
        return self.waiting().filter(not_before__lte=now)

    def abandoned(self, before: datetime.datetime) -> Self:
        """Those somebody began to send and never told about."""
        return self.filter(state=DeliveryState.SENDING, claimed_at__lt=before)
