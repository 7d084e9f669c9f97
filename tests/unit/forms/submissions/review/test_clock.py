"""The clock that stands still while a report lies with its reviewer."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.submissions.review.clock import LEAST, Pause, paused
from portal.calendars.hours import after_working_time, is_working_time, working_time
from portal.calendars.published import published_days, published_years
from portal.calendars.rules import WorkCalendar

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(published_days(), published_years())
HOUR = datetime.timedelta(hours=1)
INSTANTS = st.datetimes(
    datetime.datetime(2020, 8, 1), datetime.datetime(2020, 11, 30), timezones=st.just(ZONE), allow_imaginary=False
)
LENGTHS = st.integers(1, 400).map(lambda quarters: quarters * HOUR / 4)


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def pause(due: datetime.datetime, sent: datetime.datetime, returned: datetime.datetime) -> Pause:
    return paused(due_at=due, sent_at=sent, returned_at=returned, calendar=CALENDAR, zone=ZONE)


@pytest.mark.parametrize(
    ("due", "sent", "returned", "again"),
    [
        # Two and a half working days were left on Wednesday; they are given again from Friday's return on.
        ("2020-08-21 18:00", "2020-08-19 13:30", "2020-08-21 13:30", "2020-08-25 18:00"),
        # Nothing was left: a whole working day from the return on.
        ("2020-08-21 17:30", "2020-08-24 10:00", "2020-08-25 15:00", "2020-08-26 15:00"),
        # The National Day holidays are no working days.
        ("2020-09-30 17:30", "2020-09-30 16:00", "2020-09-30 17:00", "2020-10-09 17:00"),
        # Returned at once: never due sooner than it was.
        ("2020-08-28 17:30", "2020-08-19 10:00", "2020-08-19 10:05", "2020-08-28 17:35"),
        ("2020-08-23 12:00", "2020-08-20 10:00", "2020-08-20 10:00", "2020-08-23 12:00"),  # a Sunday stays
    ],
)
def test_examples(due: str, sent: str, returned: str, again: str) -> None:
    assert pause(at(due), at(sent), at(returned)).due_again_at == at(again)


@given(INSTANTS, INSTANTS, INSTANTS)
def test_at_least_a_working_day_is_given_and_nothing_is_taken_away(
    due: datetime.datetime, sent: datetime.datetime, returned: datetime.datetime
) -> None:
    found = pause(due, sent, max(sent, returned))
    assert found.due_again_at >= due
    assert working_time(found.returned_at, found.due_again_at, CALENDAR, ZONE) >= max(LEAST, found.left)


@given(INSTANTS, INSTANTS, LENGTHS, LENGTHS)
def test_a_longer_stay_with_the_reviewer_costs_the_unit_nothing(
    due: datetime.datetime, sent: datetime.datetime, stay: datetime.timedelta, longer: datetime.timedelta
) -> None:
    short, long = pause(due, sent, sent + stay), pause(due, sent, sent + stay + longer)
    assert short.given == long.given
    assert long.due_again_at >= short.due_again_at


@given(INSTANTS, LENGTHS)
def test_working_time_counted_forwards_is_counted_back(start: datetime.datetime, length: datetime.timedelta) -> None:
    end = after_working_time(start, length, CALENDAR, ZONE)
    assert working_time(start, end, CALENDAR, ZONE) == length
    assert is_working_time(end - datetime.timedelta(microseconds=1), CALENDAR, ZONE)


@given(st.lists(INSTANTS, min_size=3, max_size=3))
def test_working_time_adds_up(instants: list[datetime.datetime]) -> None:
    first, second, third = sorted(instants)
    whole = working_time(first, third, CALENDAR, ZONE)
    assert working_time(first, second, CALENDAR, ZONE) + working_time(second, third, CALENDAR, ZONE) == whole
