"""Periods out of schedules."""

import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from forms.collection.scheduling.enums import Anchor, Frequency, Roll
from forms.collection.scheduling.naming import name_of
from forms.collection.scheduling.rules import ONE_DAY, RULES, Occurrence, Schedule
from portal.calendars.enums import LengthUnit
from portal.calendars.published import published_days, published_years
from portal.calendars.rules import Limit, WorkCalendar

KNOWN = WorkCalendar(published_days(), published_years())
ZONE = ZoneInfo("Asia/Shanghai")
DAYS = st.dates(datetime.date(2019, 1, 1), datetime.date(2026, 12, 31))


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    """Up to two months before or after."""
    return Limit(draw(st.integers(-40, 40)), draw(st.sampled_from(LengthUnit)))


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Recurring schedules and schedules of dates, of every sort."""
    first = draw(DAYS)
    frequency = draw(st.sampled_from(Frequency))
    is_dates = frequency == Frequency.DATES
    return Schedule(
        frequency,
        first=None if is_dates else first,
        last=None if is_dates else first + draw(st.integers(0, 500)) * ONE_DAY,
        dates=tuple(draw(st.lists(DAYS, min_size=1, max_size=6))) if is_dates else (),
        opens=draw(limits()),
        opens_from=draw(st.sampled_from(Anchor)),
        due=draw(limits()),
        due_from=draw(st.sampled_from([Anchor.START, Anchor.END])),
        roll=draw(st.sampled_from(Roll)),
        grace=datetime.timedelta(minutes=draw(st.integers(0, 600))),
        closes=draw(st.none() | st.builds(Limit, st.integers(0, 60), st.sampled_from(LengthUnit))),
    )


def made(schedule: Schedule) -> list[Occurrence]:
    """All its periods."""
    return list(schedule.occurrences(KNOWN, ZONE))


@given(schedules())
def test_instants_of_a_period_are_always_in_order(schedule: Schedule) -> None:
    for one in made(schedule):
        assert one.opens_at < one.due_at <= one.late_after
        assert one.closes_at is None or one.closes_at >= one.late_after


@given(schedules())
def test_periods_follow_one_another_without_gap_or_overlap(schedule: Schedule) -> None:
    spans = list(schedule.spans())
    if schedule.frequency == Frequency.DATES:
        assert [span.first for span in spans] == sorted(set(schedule.dates))
        return
    assert schedule.first is not None
    assert schedule.last is not None
    assert all(one.last + ONE_DAY == other.first for one, other in pairwise(spans))
    assert spans[0].first <= schedule.first <= spans[0].last
    assert spans[-1].first <= schedule.last <= spans[-1].last


@given(schedules(), st.sampled_from(["zh-hans", "en"]))
def test_no_two_periods_share_a_name(schedule: Schedule, language: str) -> None:
    with translation.override(language):
        names = [name_of(span, schedule.frequency) for span in schedule.spans()]
    assert len(names) == len(set(names))


@given(schedules())
def test_a_rolled_due_day_is_worked(schedule: Schedule) -> None:
    for one in made(schedule):
        if schedule.roll != Roll.KEEP:
            assert KNOWN.is_worked(one.due_at.date())
        if one.rolled is not None:
            assert not KNOWN.is_worked(one.due.result)


@given(schedules())
def test_a_schedule_is_stored_and_read_again(schedule: Schedule) -> None:
    again = Schedule.from_json(schedule.to_json())
    assert made(again) == made(schedule)


@pytest.mark.parametrize("frequency", RULES)
def test_the_recurrence_is_stored_as_a_rule_by_rfc_5545(frequency: Frequency) -> None:
    stored = Schedule(frequency, datetime.date(2020, 6, 1), datetime.date(2021, 5, 31)).to_json()
    assert stored["rrule"].startswith("FREQ=")


@pytest.mark.parametrize(
    ("frequency", "names"),
    [
        (Frequency.MONTHLY, ["2020年9月", "2020年10月"]),
        (Frequency.BIMONTHLY, ["2020年9—10月", "2020年11—12月"]),
        (Frequency.QUARTERLY, ["2020年第3季度", "2020年第4季度"]),
        (Frequency.HALF_YEARLY, ["2020年下半年", "2021年上半年"]),
        (Frequency.YEARLY, ["2020年", "2021年"]),
        (Frequency.WEEKLY, ["2020年第38周", "2020年第39周"]),
    ],
)
def test_periods_are_named_as_clerks_name_them(frequency: Frequency, names: list[str]) -> None:
    schedule = Schedule(frequency, datetime.date(2020, 9, 15), datetime.date(2021, 3, 1))
    with translation.override("zh-hans"):
        assert [name_of(span, frequency) for span in schedule.spans()][:2] == names


def test_the_plan_s_three_dates_open_two_weeks_before_and_roll_over_a_holiday() -> None:
    dates = tuple(datetime.date.fromisoformat(day) for day in ("2020-08-10", "2020-12-10", "2021-05-01"))
    schedule = Schedule(
        Frequency.DATES, dates=dates, opens=Limit(-14), opens_from=Anchor.DUE, roll=Roll.NEXT, closes=Limit(10)
    )
    first, _second, third = made(schedule)
    assert first.opens_at.date() == datetime.date(2020, 7, 27)
    assert first.due_at.isoformat() == "2020-08-10T17:30:00+08:00"
    assert third.due_at.date() == datetime.date(2021, 5, 6)


def test_a_month_is_due_five_working_days_after_it_has_ended() -> None:
    schedule = Schedule(
        Frequency.MONTHLY,
        datetime.date(2020, 9, 1),
        datetime.date(2020, 9, 30),
        due=Limit(5, LengthUnit.WORKING_DAYS),
    )
    assert [one.due_at.date() for one in made(schedule)] == [datetime.date(2020, 10, 14)]
