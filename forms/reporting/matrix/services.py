"""Builds the matrix: a constant number of queries, whatever its size."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport, ReportingPeriod
from forms.collection.querysets import ExpectedReportQuerySet
from forms.reporting.matrix.rules import NOT_EXPECTED, Count, Fact, Verdict, verdict
from forms.reporting.past import (
    NOT_THERE,
    Exceptions,
    Then,
    deleted_then,
    exceptions_at,
    state_after,
    with_last_step,
)
from forms.submissions.models import Submission
from forms.submissions.review.due import due_again, newest_due
from portal.units.models import Unit

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST_CELLS = 40_000
"""More expected reports than this make no page that anybody reads; the choice has to be narrowed."""


class TooManyError(Exception):
    """The choice holds more than a page shows."""


@dataclass(frozen=True)
class Choice:
    """Which part of the matrix is asked for; the days are those on which periods are due, both included."""

    first: datetime.date
    last: datetime.date
    programme_id: int | None = None
    requirement_ids: tuple[int, ...] = ()
    unit: Unit | None = None
    """With all units below it."""
    period_ids: tuple[int, ...] = ()

    @classmethod
    def of_period(cls, period: ReportingPeriod) -> "Choice":
        """One period of one requirement, and nothing else."""
        day = timezone.localdate(period.due_at)
        return cls(day, day, requirement_ids=(period.requirement_id,), period_ids=(period.pk,))

    def of(self, expected: ExpectedReportQuerySet) -> ExpectedReportQuerySet:
        """Those of the expected reports that are asked for."""
        zone = timezone.get_default_timezone()
        from_instant = datetime.datetime.combine(self.first, datetime.time.min, zone)
        before = datetime.datetime.combine(self.last + datetime.timedelta(days=1), datetime.time.min, zone)
        expected = expected.filter(period__due_at__gte=from_instant, period__due_at__lt=before)
        if self.programme_id is not None:
            expected = expected.filter(period__requirement__programme_id=self.programme_id)
        if self.requirement_ids:
            expected = expected.filter(period__requirement_id__in=self.requirement_ids)
        if self.unit is not None:
            expected = expected.filter(unit__path__startswith=self.unit.path)
        if self.period_ids:
            expected = expected.filter(period_id__in=self.period_ids)
        return expected


class Cell(NamedTuple):
    """One cell; `report` is the number of the report where the person may read it."""

    verdict: Verdict
    report: int | None = None


EMPTY = Cell(NOT_EXPECTED)


@dataclass(frozen=True)
class Column:
    """A period and how far all units are with it."""

    period: ReportingPeriod
    is_upcoming: bool
    count: Count = field(default_factory=Count)


@dataclass(frozen=True)
class Group:
    """A requirement over its periods."""

    title: str
    requirement_id: int
    columns: list[Column]


@dataclass(frozen=True)
class Row:
    """A unit with a cell for each column."""

    unit: Unit
    has_ended: bool
    cells: list[Cell]
    count: Count


@dataclass(frozen=True)
class Matrix:
    """Everything that is shown, and the instant it holds for."""

    as_of: datetime.datetime
    is_past: bool
    groups: list[Group]
    rows: list[Row]
    count: Count

    @property
    def columns(self) -> list[Column]:
        """The columns of all groups, in order."""
        return [column for group in self.groups for column in group.columns]


class _Known(NamedTuple):
    """A row of the database, as of the instant."""

    pk: int
    period_id: int
    unit_id: int
    own_date: datetime.datetime | None
    state: ReportState | None
    first_sent_at: datetime.datetime | None
    is_nil: bool
    is_waived: bool
    due_again_at: datetime.datetime | None


def matrix(*, user: "User", choice: Choice, now: datetime.datetime, as_of: datetime.datetime | None = None) -> Matrix:
    """What the person may know of these expected reports, as it stands now or stood at an instant before.

    TooManyError where it is more than MOST_CELLS.
    """
    expected = choice.of(ExpectedReport.objects.visible_to(user))
    known = _as_of(expected, as_of) if as_of is not None else _present(expected)
    at = as_of or now
    periods = ReportingPeriod.objects.filter(pk__in={one.period_id for one in known}).select_related("requirement")
    units = Unit.objects.filter(pk__in={one.unit_id for one in known})
    readable = set(
        Submission.objects.visible_to(user)
        .filter(pk__in=choice.of(ExpectedReport.objects.all()).order_by().values("pk"))
        .order_by()
        .values_list("pk", flat=True)
    )
    return _assembled(known, list(periods), list(units), readable, at, is_past=as_of is not None)


def _present(expected: ExpectedReportQuerySet) -> list[_Known]:
    """What holds now; one query."""
    rows = (
        expected.annotate(again=due_again())
        .order_by()
        .values_list(
            "pk",
            "period_id",
            "unit_id",
            "due_override",
            "submission__state",
            "submission__first_sent_at",
            "submission__nil_note",
            "waived_at",
            "again",
        )
    )
    found = list(rows[: MOST_CELLS + 1])
    _require_few(found)
    return [
        _Known(pk, period, unit, own, ReportState(state) if state else None, sent, bool(nil), waived is not None, again)
        for pk, period, unit, own, state, sent, nil, waived, again in found
    ]


def _as_of(expected: ExpectedReportQuerySet, at: datetime.datetime) -> list[_Known]:
    """What held at the instant; two queries."""
    expected = expected.filter(created_at__lte=at)
    rows = (
        with_last_step(expected, at)
        .annotate(again=newest_due(before=at))
        .order_by()
        .values_list(
            "pk", "period_id", "unit_id", "due_override", "last_step", "submission__first_sent_at", "nil_then",
            "waived_at", "again", "binned",
        )
    )  # fmt: skip
    found = list(rows[: MOST_CELLS + 1])
    _require_few(found)
    told: Exceptions = exceptions_at(expected, at)
    known = []
    for pk, period, unit, own, step, sent, nil, waived, again, binned in found:
        then = Then(step, sent if sent is not None and sent <= at else None, bool(nil), again)
        if told.lay_in_bin(pk):
            then = NOT_THERE
        elif binned:
            then = deleted_then(binned, at)
        state = state_after(then.last_step, was_sent=then.first_sent_at is not None)
        own, is_waived = told.own_date(pk, own), told.is_waived(pk, waived)
        known.append(
            _Known(pk, period, unit, own, state, then.first_sent_at, then.is_nil, is_waived, then.due_again_at)
        )
    return known


def _require_few(found: Sequence[object]) -> None:
    if len(found) > MOST_CELLS:
        raise TooManyError


def _assembled(
    known: list[_Known],
    periods: list[ReportingPeriod],
    units: list[Unit],
    readable: set[int],
    at: datetime.datetime,
    *,
    is_past: bool,
) -> Matrix:
    groups = _groups(periods, at)
    columns = [column for group in groups for column in group.columns]
    place = {column.period.pk: number for number, column in enumerate(columns)}
    day, everything = timezone.localdate(at), Count()
    rows = {
        unit.pk: Row(unit, unit.valid_until is not None and unit.valid_until < day, [EMPTY] * len(columns), Count())
        for unit in units
    }
    for one in known:
        column, row = columns[place[one.period_id]], rows[one.unit_id]
        found = verdict(_fact(one, column.period), at)
        row.cells[place[one.period_id]] = Cell(found, one.pk if one.pk in readable else None)
        column.count.add(found)
        if not column.is_upcoming:
            row.count.add(found)
            everything.add(found)
    return Matrix(at, is_past, groups, list(rows.values()), everything)


def _fact(one: _Known, period: ReportingPeriod) -> Fact:
    late_after = one.own_date or period.late_after or period.due_at
    return Fact(one.state, period.opens_at, late_after, one.first_sent_at, one.is_nil, one.is_waived, one.due_again_at)


def _groups(periods: list[ReportingPeriod], at: datetime.datetime) -> list[Group]:
    """Requirements in the order of their numbers, their periods by due instant."""
    by_requirement: dict[int, list[ReportingPeriod]] = {}
    for period in sorted(periods, key=lambda one: (one.requirement_id, one.due_at, one.pk)):
        by_requirement.setdefault(period.requirement_id, []).append(period)
    return [
        Group(some[0].requirement.title, number, [Column(one, one.opens_at > at) for one in some])
        for number, some in by_requirement.items()
    ]


def counts_by_period(found: Matrix) -> Mapping[int, Count]:
    """The counts of each period, by its number."""
    return {column.period.pk: column.count for column in found.columns}
