"""What a cell says, and how cells are counted."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.collection.enums import ARRIVED, ReportState
from forms.reporting.matrix.enums import CellKind
from forms.reporting.matrix.rules import Count, Fact, verdict
from forms.reporting.matrix.wording import worked_out

OPENS = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
DUE = datetime.datetime(2026, 3, 10, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)

instants = st.datetimes(datetime.datetime(2026, 2, 20), datetime.datetime(2026, 4, 1), timezones=st.just(datetime.UTC))


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    state = draw(st.none() | st.sampled_from(ReportState))
    sent = draw(instants) if state in ARRIVED or draw(st.booleans()) else None
    return Fact(state, OPENS, DUE, sent, draw(st.booleans()), draw(st.booleans()))


@pytest.mark.parametrize(
    ("fact", "now", "kind"),
    [
        (Fact(ReportState.ACCEPTED, OPENS, DUE, DUE), DUE, CellKind.ACCEPTED),
        (Fact(ReportState.ACCEPTED, OPENS, DUE, DUE + DAY), DUE + DAY, CellKind.LATE),
        (Fact(ReportState.SUBMITTED, OPENS, DUE, DUE), DUE, CellKind.WAITING),
        (Fact(ReportState.SUBMITTED, OPENS, DUE, DUE, is_nil=True), DUE, CellKind.NIL),
        (Fact(ReportState.RETURNED, OPENS, DUE, DUE - DAY), DUE + DAY, CellKind.RETURNED),
        (Fact(ReportState.DRAFT, OPENS, DUE), DUE, CellKind.DRAFT),
        (Fact(ReportState.DRAFT, OPENS, DUE), DUE + DAY, CellKind.OVERDUE),
        (Fact(None, OPENS, DUE), DUE, CellKind.NOT_DUE),
        (Fact(None, OPENS, DUE), DUE + DAY, CellKind.OVERDUE),
        (Fact(None, OPENS, DUE, is_waived=True), DUE + DAY, CellKind.WAIVED),
    ],
)
def test_what_a_cell_says(fact: Fact, now: datetime.datetime, kind: CellKind) -> None:
    assert verdict(fact, now).kind == kind


@given(facts(), instants)
def test_a_report_is_overdue_exactly_if_it_is_owed_has_not_arrived_and_its_time_is_over(
    fact: Fact, now: datetime.datetime
) -> None:
    expected = not fact.is_waived and fact.state not in ARRIVED and now > DUE
    assert verdict(fact, now).overdue == expected


@given(st.lists(facts(), max_size=30), instants)
def test_counts_add_up(some: list[Fact], now: datetime.datetime) -> None:
    whole, halves = Count(), (Count(), Count())
    for number, fact in enumerate(some):
        whole.add(verdict(fact, now))
        halves[number % 2].add(verdict(fact, now))
    for name in ("expected", "arrived", "timely", "overdue", "returned"):
        assert getattr(whole, name) == sum(getattr(half, name) for half in halves)
    assert whole.timely <= whole.arrived <= whole.expected
    assert whole.arrived + whole.overdue <= whole.expected
    assert whole.expected == sum(not fact.is_waived for fact in some)


def test_a_rate_shows_what_it_is_made_of() -> None:
    assert worked_out(Count(15, 12).completeness) == "12 / 15 = 80 %"
    assert worked_out(Count(3, 1).completeness) == "1 / 3 = 33.3 %"
    assert worked_out(Count().completeness) == "—"
