"""Counting in working days."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.calendars.enums import DayKind, LengthUnit, Source
from portal.calendars.published import published_days, published_years
from portal.calendars.rules import MOST_DAYS, ONE_DAY, Arranged, Limit, WorkCalendar

KNOWN = WorkCalendar(published_days(), published_years())
DAYS = st.dates(datetime.date(2015, 1, 1), datetime.date(2027, 6, 30))
AMOUNTS = st.integers(-60, 60)
WORKING = LengthUnit.WORKING_DAYS


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "amount", "result"),
    [
        ("2020-09-28", 5, "2020-10-12"),  # over the National Day week, with a Saturday at work
        ("2020-10-12", -5, "2020-09-28"),
        ("2020-06-24", 1, "2020-06-28"),  # the Sunday after the Dragon Boat Festival is worked
        ("2020-05-28", 0, "2020-05-28"),
        ("2020-10-01", 0, "2020-10-09"),
        ("2026-02-13", 1, "2026-02-14"),
    ],
)
def test_limits_in_working_days_follow_the_notice(start: str, amount: int, result: str) -> None:
    assert KNOWN.reckon(day(start), Limit(amount, WORKING)).result == day(result)


def test_what_lay_on_the_way_is_told() -> None:
    reckoning = KNOWN.reckon(day("2020-09-28"), Limit(5, WORKING))
    assert {fact.day.isoformat() for fact in reckoning.irregular if not fact.is_worked} == {
        *("2020-10-01", "2020-10-02", "2020-10-05", "2020-10-06", "2020-10-07", "2020-10-08")
    }
    assert [fact.day.isoformat() for fact in reckoning.irregular if fact.is_worked] == ["2020-10-10"]
    assert not reckoning.is_estimate


def test_a_year_without_a_notice_is_an_estimate_until_an_administrator_has_spoken() -> None:
    start, limit = day("2026-12-30"), Limit(3, WORKING)
    assert KNOWN.reckon(start, limit).is_estimate
    assert KNOWN.reckon(start, limit).result == day("2027-01-04")
    entered = {day("2027-01-01"): Arranged(DayKind.HOLIDAY, "元旦", Source.ENTERED)}
    known = WorkCalendar({**published_days(), **entered}, published_years() | {2027})
    assert not known.reckon(start, limit).is_estimate
    assert known.reckon(start, limit).result == day("2027-01-05")


@given(DAYS, AMOUNTS)
def test_the_result_is_worked_and_so_many_working_days_away(start: datetime.date, amount: int) -> None:
    result = KNOWN.reckon(start, Limit(amount, WORKING)).result
    assert KNOWN.is_worked(result)
    if amount > 0:
        assert KNOWN.worked_between(start, result) == amount
    if amount < 0:
        assert KNOWN.worked_between(result - ONE_DAY, start - ONE_DAY) == -amount


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_longer_limits_end_later(start: datetime.date, one: int, more: int) -> None:
    shorter, longer = (KNOWN.reckon(start, Limit(amount, WORKING)).result for amount in (one, one + more))
    assert shorter <= longer


@given(DAYS, AMOUNTS, AMOUNTS)
def test_calendar_days_add_up(start: datetime.date, one: int, other: int) -> None:
    halfway = KNOWN.reckon(start, Limit(one)).result
    assert KNOWN.reckon(halfway, Limit(other)).result == start + (one + other) * ONE_DAY


def test_a_limit_beyond_ten_years_is_refused() -> None:
    with pytest.raises(ValueError, match=str(MOST_DAYS)):
        Limit(MOST_DAYS + 1)
