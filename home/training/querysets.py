"""Reads of training classes."""

import datetime
from typing import Self

from django.db.models import Case, F, IntegerField, Q, Value, When

from home.querysets import ContentPageQuerySet


def not_over(now: datetime.datetime) -> Q:
    """Classes that have not ended; one without an end counts until its start."""
    return Q(ends_at__gte=now) | Q(ends_at__isnull=True, starts_at__gte=now) | Q(starts_at__isnull=True)


class TrainingQuerySet(ContentPageQuerySet):
    """Training pages."""

    def upcoming(self, now: datetime.datetime) -> Self:
        """What is still to come or running, soonest first; without a date, last."""
        return self.filter(not_over(now)).order_by(F("starts_at").asc(nulls_last=True), "pk")

    def past(self, now: datetime.datetime) -> Self:
        """What is over, latest first."""
        return self.exclude(not_over(now)).order_by("-starts_at", "-pk")

    def upcoming_first(self, now: datetime.datetime) -> Self:
        """What is to come, soonest first, then what is over, latest first."""
        over = Case(When(not_over(now), then=Value(0)), default=Value(1), output_field=IntegerField())
        soon = Case(When(not_over(now), then=F("starts_at")))
        return self.order_by(over, soon.asc(nulls_last=True), F("starts_at").desc(nulls_last=True), "-pk")
