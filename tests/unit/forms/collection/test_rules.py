"""Windows, dates and rates."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from forms.collection.enums import PeriodStatus
from forms.collection.rules import Rate, Window, date_problems

UTC = datetime.UTC
instants = st.datetimes(
    min_value=datetime.datetime(2020, 1, 1), max_value=datetime.datetime(2030, 1, 1), timezones=st.just(UTC)
)
MINUTE = datetime.timedelta(minutes=1)
ORDER = [PeriodStatus.UPCOMING, PeriodStatus.OPEN, PeriodStatus.LATE, PeriodStatus.CLOSED]


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """Windows whose dates are in order."""
    opens, due, closes = sorted(draw(st.lists(instants, min_size=3, max_size=3, unique=True)))
    return Window(opens, due, draw(st.sampled_from([None, due, closes])))


@given(windows(), instants, instants)
def test_a_window_only_ever_moves_forward(window: Window, one: datetime.datetime, other: datetime.datetime) -> None:
    earlier, later = sorted([one, other])
    assert ORDER.index(window.status(earlier)) <= ORDER.index(window.status(later))


@given(windows())
def test_the_opening_due_and_closing_instants_themselves_still_count(window: Window) -> None:
    assert window.status(window.opens_at) == PeriodStatus.OPEN
    assert window.status(window.due_at) == PeriodStatus.OPEN
    if window.closes_at is not None:
        assert window.status(window.closes_at) != PeriodStatus.CLOSED
        assert window.status(window.closes_at + MINUTE) == PeriodStatus.CLOSED


@given(windows(), instants)
def test_without_a_closing_instant_reports_are_taken_for_good(window: Window, now: datetime.datetime) -> None:
    endless = Window(window.opens_at, window.due_at)
    assert endless.status(now) != PeriodStatus.CLOSED


@given(windows(), instants)
def test_a_unit_with_a_date_of_its_own_is_never_shut_out_before_it(window: Window, due: datetime.datetime) -> None:
    own = window.extended_to(due)
    assert own.status(due) == PeriodStatus.OPEN
    assert own.is_late(due + MINUTE)


@given(windows())
def test_a_unit_without_a_date_of_its_own_keeps_the_period_s_window(window: Window) -> None:
    assert window.extended_to(None) == window


@given(windows())
def test_dates_in_order_raise_no_problem(window: Window) -> None:
    assert date_problems(opens_at=window.opens_at, due_at=window.due_at, closes_at=window.closes_at) == {}


@given(instants, instants, st.none() | instants)
def test_dates_out_of_order_are_named_by_the_field_to_mend(
    opens: datetime.datetime, due: datetime.datetime, closes: datetime.datetime | None
) -> None:
    problems = date_problems(opens_at=opens, due_at=due, closes_at=closes)
    assert ("due_at" in problems) == (due <= opens)
    assert ("closes_at" in problems) == (closes is not None and closes < due)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_rate_lies_between_nothing_and_all(one: int, other: int) -> None:
    part, whole = sorted([one, other])
    percent = Rate(part, whole).percent
    assert percent is None if whole == 0 else percent is not None and 0 <= percent <= 100


def test_a_rate_is_told_with_its_denominator() -> None:
    assert str(Rate(12, 20)) == "12/20 (60.0%)"
    assert str(Rate(0, 0)) == "—"
