"""Reads of units and memberships."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from treebeard.mp_tree import MP_NodeQuerySet

from portal.units.enums import ADMIN_INTERFACE, SEES_EVERY_REPORT

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User
    from portal.units.models import Membership, Unit


CALLED = Coalesce(NullIf("short_name", Value("")), "name")
"""What `Unit.__str__` says, as the database says it."""


def valid_on(day: datetime.date, way: str = "") -> Q:
    """Rows whose validity (both ends inclusive, an open end is null) covers the day; `way` leads to the validity."""
    begun = Q(**{f"{way}valid_from__isnull": True}) | Q(**{f"{way}valid_from__lte": day})
    return begun & (Q(**{f"{way}valid_until__isnull": True}) | Q(**{f"{way}valid_until__gte": day}))


class UnitQuerySet(MP_NodeQuerySet, models.QuerySet["Unit"]):
    """Units; the organisation chart is no secret among those who work here."""

    def active(self, on: datetime.date | None = None) -> Self:
        """Units that exist on a day (today unless said otherwise)."""
        return self.filter(valid_on(on or timezone.localdate()))

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """All units for whoever has a role; none for others."""
        from portal.units.access import access_for

        return self.all() if access_for(user).roles else self.none()


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who serves where."""

    def active(self, on: datetime.date | None = None) -> Self:
        """Memberships in force on a day, in units that exist on that day.

        Somebody who stands in for another does so only as long as that one would hold the role.
        """
        day = on or timezone.localdate()
        origin = Q(stands_in_for__isnull=True) | valid_on(day, "stands_in_for__") & Q(
            stands_in_for__user__is_active=True
        )
        return self.filter(valid_on(day), valid_on(day, "unit__"), origin, user__is_active=True)

    def own(self) -> Self:
        """Without those who stand in for another."""
        return self.filter(stands_in_for__isnull=True)

    def overlapping(self, first: datetime.date | None, last: datetime.date | None) -> Self:
        """Memberships of which at least one day lies between the two (an open end is None)."""
        begins = Q(valid_from__isnull=True) | Q(valid_from__lte=last) if last else Q()
        ends = Q(valid_until__isnull=True) | Q(valid_until__gte=first) if first else Q()
        return self.filter(begins, ends)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Everybody's for administrators, coordinators, auditors and leaders; else those of one's own units."""
        from portal.units.access import access_for

        access = access_for(user)
        if access.has(*(ADMIN_INTERFACE | SEES_EVERY_REPORT)):
            return self.all()
        return self.filter(unit_id__in=access.unit_ids())


def people_visible_to(user: "User | AnonymousUser") -> "models.QuerySet[User]":
    """Accounts: all for those who see every membership, else those of people in one's own units, and one's own."""
    from portal.accounts.models import User
    from portal.units.access import access_for

    access = access_for(user)
    if access.has(*(ADMIN_INTERFACE | SEES_EVERY_REPORT)):
        return User.objects.all()
    colleagues = Q(memberships__unit_id__in=access.unit_ids()) | Q(pk=user.pk)
    return User.objects.filter(pk__in=User.objects.filter(colleagues).values("pk"))
