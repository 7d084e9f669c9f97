"""Reads of petitions."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from portal.units.access import access_for
from portal.units.compiled import Person
from portal.units.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forms.submissions.petitions.models import Petition
    from portal.accounts.models import User


class PetitionQuerySet(models.QuerySet["Petition"]):
    """Petitions."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Those about reports that the person may know of; who asks for a reopening is the collecting unit's matter."""
        from forms.collection.models import ExpectedReport

        expected = ExpectedReport.objects.visible_to(user).order_by().values("pk")
        return self.filter(expected__in=expected)

    def to_decide(self, user: "User | AnonymousUser") -> Self:
        """Open ones that the person may decide: those of the collecting unit, never one's own."""
        return self.decided_by_such(user, user.pk)

    def decided_by_such(self, user: Person, number: int | None) -> Self:
        """The same for whoever has the person's access and this number."""
        from forms.submissions.petitions.enums import PetitionKind

        access = access_for(user)
        mine = Q(expected__period__requirement__owner_id__in=access.unit_ids(Role.COORDINATOR))
        if access.has(Role.LEADER):
            mine |= Q(kind=PetitionKind.REOPEN)
        return self.filter(mine, decided_at__isnull=True).exclude(asked_by_id=number)

    def with_names(self) -> Self:
        """Fetch in the same query what a row shows."""
        return self.select_related("expected__unit", "expected__period__requirement__owner", "asked_by", "decided_by")
