"""Reads of exports."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from forms.exchange.exports.enums import UNFINISHED, ExportState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forms.exchange.exports.models import Export
    from portal.accounts.models import User


class ExportQuerySet(models.QuerySet["Export"]):
    """Exports."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own, and nobody else's: what is in the file follows from who asked."""
        return self.filter(owner_id=user.pk) if user.is_authenticated else self.none()

    def unfinished(self) -> Self:
        """Those that a worker is still wanted for."""
        return self.filter(state__in=UNFINISHED)

    def to_be_taken(self, now: datetime.datetime) -> Self:
        """Waiting ones, and those whose worker has not been heard of for too long."""
        waiting = Q(state=ExportState.QUEUED)
        return self.filter(waiting | Q(state=ExportState.RUNNING, lease_until__lt=now))

    def to_be_queued(self, now: datetime.datetime) -> Self:
        """Of those, the ones for which no task has been queued lately."""
        return self.to_be_taken(now).filter(not_before__lte=now)

    def out_of_date(self, now: datetime.datetime) -> Self:
        """Files that have been kept for long enough."""
        return self.filter(state=ExportState.DONE, expires_at__lt=now)
