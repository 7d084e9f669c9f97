"""What the builder's pages of versions want to know of requirements: who is asked, how often, with which version."""

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse

from forms.builder.models import FormPage, FormVersion
from forms.builder.versions.providers import Demand
from forms.collection.enums import PeriodStatus, RequirementState
from forms.collection.models import ReportingPeriod, Requirement

if TYPE_CHECKING:
    from portal.accounts.models import User


def still_taken(now: datetime.datetime) -> Q:
    """Periods that are open or will open."""
    return Q(closes_at__isnull=True) | Q(closes_at__gte=now)


class Requirements:
    """Requirements as they are stored."""

    def demands(self, form: FormPage, *, user: "User", now: datetime.datetime) -> Sequence[Demand]:
        """Requirements that are being prepared or collected; three queries."""
        rows = (
            Requirement.objects.filter(form=form)
            .exclude(state=RequirementState.CLOSED)
            .annotate(number_of_units=Count("units"))
            .prefetch_related("periods__version")
        )
        readable = set(Requirement.objects.visible_to(user).filter(form=form).values_list("pk", flat=True))
        return [self._demand(row, readable=row.pk in readable, now=now) for row in rows]

    def units_asked(self, *, now: datetime.datetime) -> Mapping[int, frozenset[int]]:
        """Units of requirements that are being collected and have a period to come; one query."""
        rows = (
            ReportingPeriod.objects.filter(still_taken(now), requirement__state=RequirementState.OPEN)
            .order_by()
            .values_list("requirement__form_id", "requirement__units")
            .distinct()
        )
        found: dict[int, set[int]] = {}
        for form_id, unit_id in rows:
            if unit_id is not None:
                found.setdefault(form_id, set()).add(unit_id)
        return {form_id: frozenset(units) for form_id, units in found.items()}

    def take_up(self, *, version: FormVersion, now: datetime.datetime) -> int:
        """Pin the version to the periods in which reports are taken now and that were pinned to an earlier one."""
        periods = (
            ReportingPeriod.objects.filter(
                still_taken(now),
                requirement__form=version.form,
                requirement__state=RequirementState.OPEN,
                opens_at__lte=now,
                version__isnull=False,
            )
            .exclude(version=version)
            .order_by("pk")
            .select_for_update(of=("self",))
        )
        numbers = [period.pk for period in periods]
        return ReportingPeriod.objects.filter(pk__in=numbers).update(version=version)

    def _demand(self, row: Requirement, *, readable: bool, now: datetime.datetime) -> Demand:
        statuses = [(period, period.status(now)) for period in row.periods.all()]
        taken = [period for period, status in statuses if status in {PeriodStatus.OPEN, PeriodStatus.LATE}]
        is_open = row.state == RequirementState.OPEN
        return Demand(
            requirement_id=row.pk,
            title=row.title,
            url=reverse("collection:detail", args=[row.pk]) if readable else "",
            state=row.get_state_display(),
            is_open=is_open,
            units=getattr(row, "number_of_units", 0),
            open_periods=tuple(period.name for period in taken),
            upcoming_periods=sum(status == PeriodStatus.UPCOMING for _period, status in statuses),
            version_numbers=tuple(sorted({period.version.number for period in taken if period.version and is_open})),
        )
