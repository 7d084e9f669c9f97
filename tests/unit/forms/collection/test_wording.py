"""Instants in words; the English wording, so that the test says what it tests whatever the catalogue holds."""

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from forms.collection.wording import due_words, moment, second

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def at(day: int, hour: int = 9, minute: int = 0, *, month: int = 11) -> datetime.datetime:
    """An instant of 2026 in Shanghai."""
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


DUE = at(27, 17, 30)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (at(24), "3 days left (by 27 November, 17:30)"),
        (at(26, 23, 59), "Due tomorrow by 17:30"),
        (at(27, 0, 0), "Due today by 17:30"),
        (at(27, 17, 30), "Due today by 17:30"),
        (at(27, 17, 31), "Overdue since 17:30 today"),
        (at(28, 0, 0), "1 day overdue"),
        (at(29, 8, 0), "2 days overdue"),
    ],
)
def test_the_time_left_is_told_in_calendar_days(now: datetime.datetime, words: str) -> None:
    assert due_words(due_at=DUE, now=now) == words


def test_days_are_those_of_the_site_s_zone_not_of_utc() -> None:
    """00:30 in Shanghai on the 28th is still the 27th in UTC."""
    assert due_words(due_at=at(28, 0, 30), now=at(27, 23, 0)) == "Due tomorrow by 00:30"


def test_the_year_is_told_only_where_it_is_not_this_year() -> None:
    next_year = DUE.replace(year=2027, month=1)
    assert moment(DUE, now=at(1)) == "27 November, 17:30"
    assert moment(next_year, now=at(1)) == "27 January 2027, 17:30"


def test_what_was_saved_today_is_told_by_the_second_and_earlier_by_the_day() -> None:
    assert second(at(24, 14, 3), now=at(24, 15)) == "14:03:00"
    assert second(at(23, 14, 3), now=at(24, 9)) == "23 November, 14:03"


@given(st.integers(-400, 400), st.integers(0, 24 * 60 - 1))
def test_every_instant_has_words_that_say_left_or_overdue(days: int, minutes: int) -> None:
    now = at(1, 0, 0, month=6) + datetime.timedelta(days=days, minutes=minutes)
    with translation.override("en"):
        words = due_words(due_at=DUE, now=now).lower()
    assert ("overdue" in words) == (now > DUE)
