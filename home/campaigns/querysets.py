"""Reads of publicity campaigns."""

import datetime
from typing import Self

from django.db.models import Case, F, IntegerField, Q, Value, When

from home.campaigns.rules import OPEN_END
from home.querysets import ContentPageQuerySet


def not_over(today: datetime.date) -> Q:
    """`rules.state_on` in the words of the database: campaigns to come or going on."""
    open_end = Q(ends_on__isnull=True) & (Q(starts_on__isnull=True) | Q(starts_on__gte=today - OPEN_END))
    return Q(ends_on__gte=today) | open_end


class CampaignQuerySet(ContentPageQuerySet):
    """Campaign pages."""

    def current(self, today: datetime.date) -> Self:
        """What is going on or still to come, soonest first."""
        return self.filter(not_over(today)).order_by(F("starts_on").asc(nulls_last=True), "pk")

    def past(self, today: datetime.date) -> Self:
        """What is over, latest first."""
        return self.exclude(not_over(today)).order_by("-starts_on", "-pk")

    def current_first(self, today: datetime.date) -> Self:
        """What is going on or to come, soonest first, then what is over, latest first."""
        over = Case(When(not_over(today), then=Value(0)), default=Value(1), output_field=IntegerField())
        soon = Case(When(not_over(today), then=F("starts_on")))
        return self.order_by(over, soon.asc(nulls_last=True), F("starts_on").desc(nulls_last=True), "-pk")
