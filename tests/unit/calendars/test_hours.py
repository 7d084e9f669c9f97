"""Working time."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.calendars.enums import DayKind
from portal.calendars.hours import is_working_time, next_morning, next_working_time
from portal.calendars.rules import Arranged, WorkCalendar

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(
    {datetime.date(2020, 10, day): Arranged(DayKind.HOLIDAY, "国庆节") for day in range(1, 9)}
    | {datetime.date(2020, 10, 10): Arranged(DayKind.WORKED)},
    {2020},
)
instants = st.datetimes(datetime.datetime(2020, 9, 1), datetime.datetime(2020, 11, 30), timezones=st.just(ZONE))


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("2020-09-28 10:30", "2020-09-28 10:30"),
        ("2020-09-28 03:00", "2020-09-28 09:00"),
        ("2020-09-28 18:00", "2020-09-29 09:00"),
        ("2020-09-30 20:00", "2020-10-09 09:00"),  # through the national holiday
        ("2020-10-09 20:00", "2020-10-10 09:00"),  # a Saturday that is worked
        ("2020-10-10 20:00", "2020-10-12 09:00"),
    ],
)
def test_what_comes_outside_working_time_waits_for_the_next_morning(asked: str, answer: str) -> None:
    assert next_working_time(at(asked), CALENDAR, ZONE) == at(answer)


@given(instants)
def test_the_next_working_time_is_working_time_and_not_earlier(instant: datetime.datetime) -> None:
    found = next_working_time(instant, CALENDAR, ZONE)
    assert found >= instant
    assert is_working_time(found, CALENDAR, ZONE)
    assert next_working_time(found, CALENDAR, ZONE) == found


@given(instants)
def test_the_next_morning_is_later_and_nothing_is_worked_between(instant: datetime.datetime) -> None:
    found = next_morning(instant, CALENDAR, ZONE)
    assert found > instant or (found == instant and instant.time() < datetime.time(9))
    between = (found.date() - instant.date()).days
    days = [instant.date() + datetime.timedelta(days=n) for n in range(1, between)]
    assert not any(CALENDAR.is_worked(day) for day in days)
