"""What the pages of requirements show: rows of facts, words and rates. Reads only, in a constant number of queries."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.collection.enums import ARRIVED, PeriodStatus
from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.collection.progress import ReportFact, Tally, source, tallies
from forms.collection.rules import Rate
from forms.collection.visibility import oversees
from forms.collection.wording import due_words
from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from portal.accounts.models import User

NONE_EXPECTED = Tally({}, 0, 0)


@dataclass(frozen=True)
class PeriodRow:
    """A period and how far it is; counted are the reports the person may know of."""

    period: ReportingPeriod
    status: PeriodStatus
    words: str
    tally: Tally

    @property
    def is_current(self) -> bool:
        """Whether reports are taken now."""
        return self.status in {PeriodStatus.OPEN, PeriodStatus.LATE}


@dataclass(frozen=True)
class RequirementRow:
    """A requirement, its next period and how far the opened periods are."""

    requirement: Requirement
    next_period: PeriodRow | None
    periods: int
    completeness: Rate
    overdue: int


@dataclass(frozen=True)
class UnitRow:
    """What one unit owes for a period; `fact` is None where nobody has begun."""

    expected: ExpectedReport
    fact: ReportFact | None
    words: str
    is_overdue: bool
    may_read: bool


def periods_of(requirement: Requirement, *, user: "User", now: datetime.datetime) -> list[PeriodRow]:
    """The periods of a requirement in order, two queries."""
    periods = list(requirement.periods.all())
    return _period_rows(periods, user=user, now=now)


def requirement_rows(
    requirements: Sequence[Requirement], *, user: "User", now: datetime.datetime
) -> list[RequirementRow]:
    """Requirements with their progress, two queries however many there are."""
    periods = ReportingPeriod.objects.filter(requirement__in=requirements)
    by_requirement: dict[int, list[PeriodRow]] = {}
    for row in _period_rows(periods, user=user, now=now):
        by_requirement.setdefault(row.period.requirement_id, []).append(row)
    return [_requirement_row(one, by_requirement.get(one.pk, [])) for one in requirements]


def rows_of_period(period: ReportingPeriod, *, user: "User", now: datetime.datetime) -> list[UnitRow]:
    """The units of a period the person may know of, two queries."""
    expected = ExpectedReport.objects.visible_to(user).filter(period=period)
    facts = source().facts(expected)
    access = access_for(user)
    reads_sent = oversees(access) or period.requirement.owner_id in access.unit_ids(Role.COORDINATOR)
    return [
        _unit_row(row, facts.get(row.pk), own=row.unit_id in access.unit_ids(), reads_sent=reads_sent, now=now)
        for row in expected.with_names()
    ]


def _period_rows(periods: Iterable[ReportingPeriod], *, user: "User", now: datetime.datetime) -> list[PeriodRow]:
    periods = list(periods)
    counted = tallies(ExpectedReport.objects.visible_to(user).filter(period__in=periods), now=now)
    return [
        PeriodRow(
            period, period.status(now), due_words(due_at=period.due_at, now=now), counted.get(period.pk, NONE_EXPECTED)
        )
        for period in periods
    ]


def _requirement_row(requirement: Requirement, periods: list[PeriodRow]) -> RequirementRow:
    opened = [row for row in periods if row.status != PeriodStatus.UPCOMING]
    arrived = sum(row.tally.completeness.part for row in opened)
    coming = [row for row in periods if row.status in {PeriodStatus.OPEN, PeriodStatus.UPCOMING}]
    return RequirementRow(
        requirement,
        coming[0] if coming else None,
        len(periods),
        Rate(arrived, sum(row.tally.expected for row in opened)),
        sum(row.tally.overdue for row in opened),
    )


def _unit_row(
    expected: ExpectedReport, fact: ReportFact | None, *, own: bool, reads_sent: bool, now: datetime.datetime
) -> UnitRow:
    window = expected.window
    arrived = fact is not None and fact.state in ARRIVED
    status = window.status(now)
    again = fact.due_again_at if fact is not None else None
    overdue = not arrived and not expected.is_waived and window.is_late(now) and not (again and now <= again)
    settled = arrived or expected.is_waived or status == PeriodStatus.UPCOMING
    words = "" if settled else due_words(due_at=max(window.due_at, again or window.due_at), now=now)
    readable = fact is not None and (own or (reads_sent and fact.sent_at is not None))
    return UnitRow(expected, fact, words, overdue, readable)
