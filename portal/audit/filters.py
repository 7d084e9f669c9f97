"""Filters of the log."""

import datetime
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PeriodFilter(SimpleListFilter):
    """Events of the last days, by the calendar of the site's zone."""

    title = _("time")
    parameter_name = "when"
    DAYS = {"today": 0, "week": 6, "month": 29, "year": 364}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The stretches of time."""
        return [
            ("today", _("Today")),
            ("week", _("The last 7 days")),
            ("month", _("The last 30 days")),
            ("year", _("The last 365 days")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Events from the first moment of the first day on."""
        days = self.DAYS.get(self.value() or "")
        if days is None:
            return None
        first = timezone.localdate() - datetime.timedelta(days=days)
        return queryset.filter(at__gte=timezone.make_aware(datetime.datetime.combine(first, datetime.time.min)))
