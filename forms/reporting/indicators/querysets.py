"""Reads of indicators."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from portal.units.access import access_for
from portal.units.enums import INSIDERS, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forms.reporting.indicators.models import Indicator
    from portal.accounts.models import User

COMPOSERS = frozenset({Role.EDITOR, Role.COORDINATOR, Role.ADMINISTRATOR})
"""Who composes indicators."""


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Indicators. That one exists is no secret inside; what it counts is what the reader may read."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Those over a requirement that the person sees, or over a form of one, and one's own; all for editors."""
        from forms.collection.models import Requirement

        access = access_for(user)
        if access.has(Role.EDITOR, Role.ADMINISTRATOR):
            return self.all()
        if not access.has(*INSIDERS):
            return self.none()
        seen = Requirement.objects.visible_to(user).order_by()
        over = Q(requirement__in=seen.values("pk")) | Q(requirement__isnull=True, form__in=seen.values("form"))
        return self.filter(over | Q(created_by_id=user.pk))

    def manageable_by(self, user: "User | AnonymousUser") -> Self:
        """All for editors and administrators; for coordinators their own, and those over what their unit collects."""
        access = access_for(user)
        if access.has(Role.EDITOR, Role.ADMINISTRATOR):
            return self.all()
        if not access.has(Role.COORDINATOR) or not user.is_authenticated:
            return self.none()
        return self.filter(Q(created_by=user) | Q(requirement__owner_id__in=access.unit_ids(Role.COORDINATOR)))

    def with_names(self) -> Self:
        """Fetch in the same query what a card shows."""
        return self.select_related("form", "requirement")
