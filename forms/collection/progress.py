"""How far a period is. What was sent is known to a higher room, which registers itself here as the source.

Rates are DHIS2's reporting rates: completeness = reports that have arrived ÷ reports expected, timeliness = reports
that have arrived and were first sent by their due instant ÷ reports expected. A returned report has not arrived; it is
overdue once it was to be sent again, the time with the reviewer not counted. A waived report is not expected any more
and is in neither number. Every rate carries its denominator, and every table the instant it was computed for.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from forms.collection.enums import ARRIVED, ReportState
from forms.collection.querysets import ExpectedReportQuerySet
from forms.collection.rules import Rate


@dataclass(frozen=True)
class Count:
    """How many expected reports of a period share a state (None: not begun), are in time, and are overdue."""

    period_id: int
    state: ReportState | None
    timely: bool
    overdue: bool
    number: int


@dataclass(frozen=True)
class ReportFact:
    """What is known of one report without reading it."""

    state: ReportState
    sent_at: datetime.datetime | None
    sent_by: str
    late: bool
    url: str
    due_again_at: datetime.datetime | None = None
    """Of one that came back: by when it is to be sent again."""


@dataclass(frozen=True)
class OwedFact:
    """A report that its unit still owes: how far it is (None: not begun), and when it last came back, if it did."""

    state: ReportState | None
    returned_at: datetime.datetime | None
    due_again_at: datetime.datetime | None = None
    """Of one that came back from review: by when it is to be sent again."""


class ReportSource(Protocol):
    """Whoever knows what has been sent."""

    def counts(self, expected: ExpectedReportQuerySet, *, now: datetime.datetime) -> Iterable[Count]:
        """Counts of these expected reports; in a constant number of queries."""
        ...

    def facts(self, expected: ExpectedReportQuerySet) -> Mapping[int, ReportFact]:
        """Facts by number of the expected report; reports not begun are left out."""
        ...

    def begun(self, expected: ExpectedReportQuerySet) -> list[int]:
        """Numbers of those in which somebody has written; one query."""
        ...

    def owed(self, expected: ExpectedReportQuerySet) -> Mapping[int, OwedFact]:
        """Of these, those that have not arrived, by number of the expected report; one query."""
        ...


_sources: list[ReportSource] = []


def register_source(source: ReportSource) -> None:
    """Make the source known (called in the higher room's AppConfig)."""
    _sources[:] = [source]


def source() -> ReportSource:
    """The registered source."""
    return _sources[0]


@dataclass(frozen=True)
class Tally:
    """Counts of a set of expected reports."""

    by_state: Mapping[ReportState | None, int]
    timely: int
    overdue: int

    @classmethod
    def of(cls, counts: Iterable[Count]) -> "Tally":
        """Add counts up."""
        by_state: Counter[ReportState | None] = Counter()
        timely = overdue = 0
        for count in counts:
            by_state[count.state] += count.number
            timely += count.number if count.timely else 0
            overdue += count.number if count.overdue else 0
        return cls(by_state, timely, overdue)

    @property
    def expected(self) -> int:
        """Reports owed."""
        return sum(self.by_state.values())

    @property
    def not_begun(self) -> int:
        """Reports nobody has begun."""
        return self.by_state.get(None, 0)

    @property
    def draft(self) -> int:
        """Reports being filled in for the first time."""
        return self.by_state.get(ReportState.DRAFT, 0)

    @property
    def in_sign_off(self) -> int:
        """Reports waiting for the unit's own reviewer."""
        return self.by_state.get(ReportState.SIGN_OFF, 0)

    @property
    def submitted(self) -> int:
        """Reports waiting for review."""
        return self.by_state.get(ReportState.SUBMITTED, 0)

    @property
    def returned(self) -> int:
        """Reports sent back."""
        return self.by_state.get(ReportState.RETURNED, 0)

    @property
    def accepted(self) -> int:
        """Reports accepted."""
        return self.by_state.get(ReportState.ACCEPTED, 0)

    @property
    def completeness(self) -> Rate:
        """报送率."""
        return Rate(sum(self.by_state.get(state, 0) for state in ARRIVED), self.expected)

    @property
    def timeliness(self) -> Rate:
        """及时率."""
        return Rate(self.timely, self.expected)


def tallies(expected: ExpectedReportQuerySet, *, now: datetime.datetime) -> dict[int, Tally]:
    """A tally per period, by number of the period."""
    counts: dict[int, list[Count]] = {}
    for count in source().counts(expected, now=now):
        counts.setdefault(count.period_id, []).append(count)
    return {period_id: Tally.of(rows) for period_id, rows in counts.items()}
