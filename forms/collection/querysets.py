"""Reads of requirements, periods and expected reports."""

import datetime
from functools import cache
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest

from forms.collection.enums import RequirementState
from forms.collection.visibility import NOTHING, collected, oversees, own
from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
    from portal.accounts.models import User


@cache
def columns_of_form() -> tuple[str, ...]:
    """Everything that a form page stores, but for its number: fifty columns that a list of reports does not read."""
    from forms.builder.models import FormPage

    return tuple(one.name for one in FormPage._meta.concrete_fields if not one.primary_key)


class RequirementQuerySet(models.QuerySet["Requirement"]):
    """Requirements."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """All for those who oversee; those one's unit collects; those one's unit owes, once they are announced."""
        access = access_for(user)
        if oversees(access):
            return self.all()
        announced = ~Q(state=RequirementState.DRAFT)
        return self.filter(
            Q(owner_id__in=access.unit_ids(Role.COORDINATOR))
            | (announced & Q(owner_id__in=access.unit_ids(Role.STAFF)))
            | (announced & Q(pk__in=self._owed_by(access.unit_ids())))
        )

    def _owed_by(self, unit_ids: frozenset[int]) -> models.QuerySet["ExpectedReport", int]:
        from forms.collection.models import ExpectedReport

        return ExpectedReport.objects.filter(unit_id__in=unit_ids).values_list("period__requirement_id", flat=True)

    def counted_by(self, user: "User | AnonymousUser") -> Self:
        """Requirements of which a person may compose figures: editors and administrators those that are announced.

        They see the titles and what is asked; the figures themselves come from reports that they may read.
        """
        if access_for(user).has(Role.EDITOR, Role.ADMINISTRATOR):
            return self.exclude(state=RequirementState.DRAFT)
        return self.visible_to(user)

    def manageable_by(self, user: "User | AnonymousUser") -> Self:
        """Requirements a person may change: all for administrators, those of the own unit for coordinators."""
        access = access_for(user)
        if access.has(Role.ADMINISTRATOR):
            return self.all()
        return self.filter(owner_id__in=access.unit_ids(Role.COORDINATOR))


class PeriodQuerySet(models.QuerySet["ReportingPeriod"]):
    """Reporting periods."""

    def to_be_pinned(self, now: datetime.datetime) -> Self:
        """Periods of announced requirements that have opened without a form version of their own."""
        return self.filter(requirement__state=RequirementState.OPEN, opens_at__lte=now, version__isnull=True)


class ExpectedReportQuerySet(models.QuerySet["ExpectedReport"]):
    """Expected reports: units × periods."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What one's units owe, what one's unit collects as coordinator, everything for those who oversee.

        Seeing that a report is owed, and how far it is, is not seeing the report: that is decided in
        `forms.submissions.visibility`.
        """
        access = access_for(user)
        if oversees(access):
            return self.all()
        announced = ~Q(period__requirement__state=RequirementState.DRAFT)
        return self.filter((announced & own(access)) | collected(access, Role.COORDINATOR))

    def to_be_written_by(self, user: "User | AnonymousUser", *roles: Role) -> Self:
        """Announced reports of the units in which a person has one of the roles."""
        unit_ids = access_for(user).unit_ids(*roles)
        condition = Q(unit_id__in=unit_ids) if unit_ids else NOTHING
        return self.exclude(period__requirement__state=RequirementState.DRAFT).filter(condition)

    def not_waived(self) -> Self:
        """Those that are owed, or have been met: what every rate counts."""
        return self.filter(waived_at__isnull=True)

    def with_window(self) -> Self:
        """Annotate `due`, `late_after` and `closes`, counting the unit's own due instant (as `rules.Window` does)."""
        return self.annotate(
            due=Coalesce(F("due_override"), F("period__due_at")),
            late_after=Coalesce(F("due_override"), F("period__late_after"), F("period__due_at")),
            closes=models.Case(
                models.When(period__closes_at__isnull=True, then=None),
                default=Greatest(
                    F("period__closes_at"),
                    Coalesce(F("due_override"), F("period__closes_at")),
                    Coalesce(F("open_until"), F("period__closes_at")),
                ),
                output_field=models.DateTimeField(),
            ),
        )

    def with_names(self) -> Self:
        """Fetch in the same query what a row shows."""
        return self.with_form().select_related("period__requirement__owner")

    def with_form(self) -> Self:
        """Fetch in the same query what a step on the report asks for; of the form whether it is open, not its page."""
        found = self.select_related("unit", "period__requirement__form__lifecycle")
        return found.defer(*(f"period__requirement__form__{name}" for name in columns_of_form()))
