"""Reads of web hooks and their messages."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from forms.exchange.hooks.enums import MessageState
from portal.ops.compiled import Compiled
from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forms.collection.models import Requirement
    from forms.exchange.hooks.models import Hook, HookMessage
    from portal.accounts.models import User


class HookQuerySet(models.QuerySet["Hook"]):
    """Web hooks."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """All for administrators; those of one's own unit for its coordinators, who look after them."""
        access = access_for(user)
        if access.has(Role.ADMINISTRATOR):
            return self.all()
        return self.filter(unit_id__in=access.unit_ids(Role.COORDINATOR))

    def that_hear_of(self, *, owner: int, requirement: int, programme: int) -> Self:
        """Active ones of the unit that collects it: for it, for its programme, or for all that the unit collects."""
        whole = Q(requirement__isnull=True, programme__isnull=True)
        wanted = whole | Q(requirement_id=requirement) | Q(programme_id=programme)
        return self.filter(wanted, unit_id=owner, is_active=True)


NO_PROGRAMME = 0
"""A number that no programme has."""


def _hearing(owner: int, requirement: int, programme: int) -> HookQuerySet:
    from forms.exchange.hooks.models import Hook

    return Hook.objects.that_hear_of(owner=owner, requirement=requirement, programme=programme)


HEARING = Compiled(_hearing, owner=int, requirement=int, programme=int)


def that_hear_of(requirement: "Requirement") -> list["Hook"]:
    """Those that hear of reports of a requirement; asked whenever one moves, and mostly there are none."""
    place = {"owner": requirement.owner_id, "requirement": requirement.pk}
    return HEARING.rows(**place, programme=requirement.programme_id or NO_PROGRAMME)


class HookMessageQuerySet(models.QuerySet["HookMessage"]):
    """Messages."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Those of the web hooks that one looks after."""
        from forms.exchange.hooks.models import Hook

        return self.filter(hook__in=Hook.objects.visible_to(user).order_by())

    def waiting(self) -> Self:
        """Those that nobody has begun to send."""
        return self.filter(state=MessageState.QUEUED, hook__is_active=True)

    def due(self, now: datetime.datetime) -> Self:
        """Waiting ones whose turn has come, or has come again."""
        return self.waiting().filter(not_before__lte=now)

    def abandoned(self, before: datetime.datetime) -> Self:
        """Those somebody began to send and never told about."""
        return self.filter(state=MessageState.SENDING, claimed_at__lt=before)
