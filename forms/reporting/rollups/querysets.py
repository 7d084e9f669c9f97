"""Reads of roll-ups."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from forms.collection.visibility import oversees
from forms.reporting.rollups.enums import AFFECTING
from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forms.reporting.rollups.models import RollUp
    from portal.accounts.models import User

OWNER = "period__requirement__owner_id__in"


class RollUpQuerySet(models.QuerySet["RollUp"]):
    """Roll-ups."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """For those who may read every report they are made of: coordinators of the collecting unit, and overseers.

        Staff of the collecting unit read reports while they are accepted; a roll-up keeps the words of those that are
        not any more, so it is not for them.
        """
        access = access_for(user)
        return self.all() if oversees(access) else self.filter(**{OWNER: access.unit_ids(Role.COORDINATOR)})

    def manageable_by(self, user: "User | AnonymousUser") -> Self:
        """For coordinators of the collecting unit, as reviewing is; administrators run the portal, not the work."""
        return self.filter(**{OWNER: access_for(user).unit_ids(Role.COORDINATOR)})

    def with_names(self) -> Self:
        """Fetch in the same query what a row shows."""
        return self.select_related("period__requirement__owner", "compiled_by", "changed_by", "finalised_by")

    def with_affected(self) -> Self:
        """Annotate `affected`: how many sentences of the document stand on something that has moved."""
        from forms.reporting.rollups.models import Sentence

        rows = (
            Sentence.objects.filter(block__rollup=OuterRef("pk"), **STANDING_ON_MOVED)
            .order_by()
            .values("block__rollup")
            .annotate(found=Count("pk", distinct=True))
            .values("found")
        )
        return self.annotate(affected=Coalesce(Subquery(rows, output_field=IntegerField()), 0))

    def affected_ones(self) -> Self:
        """Those with at least one such sentence."""
        from forms.reporting.rollups.models import Sentence

        rows = Sentence.objects.filter(**STANDING_ON_MOVED).order_by().values("block__rollup")
        return self.filter(pk__in=rows)


STANDING_ON_MOVED = {
    "left_out": False,
    "block__left_out": False,
    "sources__standing__in": sorted(AFFECTING),
    "sources__kept_because": "",
}
"""Conditions for a sentence that is in the document and has a source that moved, and nobody has settled it."""
