"""What a cell says and how cells are counted. Pure: facts and instants in, answers out.

The counts are those of `forms.collection.progress`: completeness = arrived ÷ expected, timeliness = arrived and first
sent in time ÷ expected; what is waived is in neither; what was returned has not arrived.
"""

import datetime
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from forms.collection.enums import ARRIVED, ReportState
from forms.collection.rules import Rate
from forms.reporting.matrix.enums import CellKind


class Fact(NamedTuple):
    """What is known of one expected report at an instant."""

    state: ReportState | None
    opens_at: datetime.datetime
    late_after: datetime.datetime
    """Until then it counts as in time: grace and the unit's own date counted."""
    first_sent_at: datetime.datetime | None = None
    is_nil: bool = False
    is_waived: bool = False
    due_again_at: datetime.datetime | None = None
    """Of one that came back from review: by when it is to be sent again."""


class Verdict(NamedTuple):
    """What a cell says; the state is that of the report underneath."""

    kind: CellKind
    state: ReportState | None = None
    late: bool = False
    """It arrived, and was first sent after it was due."""
    overdue: bool = False
    opened: bool = True


NOT_EXPECTED = Verdict(CellKind.NOT_EXPECTED)


@cache
def _said(
    kind: CellKind, state: ReportState | None, opened: bool, *, late: bool = False, overdue: bool = False
) -> Verdict:
    """The same verdict is the same object: a matrix has thousands of cells that say a dozen things."""
    return Verdict(kind, state, late, overdue, opened)


def verdict(fact: Fact, now: datetime.datetime) -> Verdict:
    """What the cell of an expected report says at an instant."""
    state, opened = fact.state, now >= fact.opens_at
    if fact.is_waived:
        return _said(CellKind.WAIVED, state, opened)
    if state in ARRIVED:
        late = fact.first_sent_at is not None and fact.first_sent_at > fact.late_after
        return _said(_arrived(fact, late), state, opened, late=late)
    overdue = now > max(fact.late_after, fact.due_again_at or fact.late_after)
    if state == ReportState.RETURNED:
        return _said(CellKind.RETURNED, state, opened, overdue=overdue)
    if overdue:
        return _said(CellKind.OVERDUE, state, opened, overdue=True)
    return _said(CellKind.NOT_DUE if state is None else CellKind.DRAFT, state, opened)


def _arrived(fact: Fact, late: bool) -> CellKind:
    if fact.is_nil:
        return CellKind.NIL
    if late:
        return CellKind.LATE
    return CellKind.WAITING if fact.state == ReportState.SUBMITTED else CellKind.ACCEPTED


@dataclass
class Count:
    """Figures of a row, a column or everything; only periods that have opened are counted."""

    expected: int = 0
    arrived: int = 0
    timely: int = 0
    overdue: int = 0
    returned: int = 0

    def add(self, found: Verdict) -> None:
        """Count one cell."""
        if found.kind in {CellKind.WAIVED, CellKind.NOT_EXPECTED}:
            return
        self.expected += 1
        self.overdue += found.overdue
        self.returned += found.kind == CellKind.RETURNED
        if found.state in ARRIVED:
            self.arrived += 1
            self.timely += not found.late

    @property
    def completeness(self) -> Rate:
        """报送率."""
        return Rate(self.arrived, self.expected)

    @property
    def timeliness(self) -> Rate:
        """及时率."""
        return Rate(self.timely, self.expected)
