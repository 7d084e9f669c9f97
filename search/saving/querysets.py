"""Reads of saved searches."""

from typing import TYPE_CHECKING, Self

from django.db import models

from search.saving.enums import Cadence

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User
    from search.saving.models import NewResult, SavedSearch


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """What people keep asking."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own, and nobody else's."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def running(self) -> Self:
        """Those that are asked: not paused, of people who may sign in."""
        return self.filter(is_paused=False, user__is_active=True)

    def alerting(self) -> Self:
        """Running ones whose owner wants to be told."""
        return self.running().exclude(cadence=Cadence.NONE)


class NewResultQuerySet(models.QuerySet["NewResult"]):
    """What saved searches found. Whether the owner may still see a thing is asked by `seeing.still_visible`."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Those of one's own searches."""
        return self.filter(search__user_id=user.pk) if user.is_authenticated else self.none()

    def untold(self) -> Self:
        """Those whose owner has not been told."""
        return self.filter(told_at__isnull=True)

    def unseen(self) -> Self:
        """Those whose owner has not looked at them."""
        return self.filter(seen_at__isnull=True)
