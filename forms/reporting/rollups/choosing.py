"""Which periods can be rolled up, and what is outstanding in one of them: said before anything is compiled."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.collection.enums import ReportState, RequirementState
from forms.collection.models import ExpectedReport, ReportingPeriod
from forms.collection.progress import Tally, tallies
from forms.reporting.matrix.enums import CellKind
from forms.reporting.rollups.completeness import OWING
from forms.reporting.rollups.gathering import Gathered
from forms.reporting.rollups.models import RollUp
from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST_PERIODS = 200
NONE = Tally({}, 0, 0)


@dataclass(frozen=True)
class PeriodChoice:
    """A period and how far it is."""

    period: ReportingPeriod
    tally: Tally
    rollups: int

    @property
    def waiting(self) -> int:
        """Reports that have arrived and are not accepted yet."""
        return self.tally.submitted


@dataclass(frozen=True)
class Outlook:
    """What compiling a period would take in, and what not."""

    period: ReportingPeriod
    expected: int
    accepted: int
    nil: int
    waiting: list[str]
    """Units whose reports wait for review: they would stay out."""
    outstanding: list[str]
    waived: list[str]
    known: int
    """Roll-ups of the period that there are already."""


def compilable(user: "User") -> "list[ReportingPeriod]":
    """Opened periods of what the person's units collect, the newest first."""
    rows = ReportingPeriod.objects.filter(
        requirement__owner_id__in=access_for(user).unit_ids(Role.COORDINATOR)
    ).exclude(requirement__state=RequirementState.DRAFT)
    return list(rows.select_related("requirement__owner").order_by("-due_at", "requirement_id")[:MOST_PERIODS])


def period_choices(user: "User", *, now: datetime.datetime) -> list[PeriodChoice]:
    """Those periods that have opened, with their progress; three queries."""
    periods = [one for one in compilable(user) if one.opens_at <= now]
    counted = tallies(ExpectedReport.objects.visible_to(user).filter(period__in=periods), now=now)
    rows = RollUp.objects.visible_to(user).filter(period__in=periods).order_by()
    rollups = Counter(rows.values_list("period_id", flat=True))
    return [PeriodChoice(one, counted.get(one.pk, NONE), rollups[one.pk]) for one in periods]


def outlook(period: ReportingPeriod, *, user: "User", now: datetime.datetime) -> Outlook:
    """What stands and what is missing, by name."""
    found = Gathered(period, user=user, now=now)
    waiting = [str(one.unit) for one in found.standings if one.verdict.state == ReportState.SUBMITTED]
    owing = [str(one.unit) for one in found.standings if one.verdict.kind in OWING]
    return Outlook(
        period=period,
        expected=found.matrix.count.expected,
        accepted=len(found.reports),
        nil=len(found.nil),
        waiting=waiting,
        outstanding=owing,
        waived=[str(one.unit) for one in found.standings if one.verdict.kind == CellKind.WAIVED],
        known=RollUp.objects.visible_to(user).filter(period=period).count(),
    )
