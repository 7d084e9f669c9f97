"""Days, months and times are understood as people write them, or refused with a sentence that helps."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.rules.days import (
    day_in_words,
    moment_in_words,
    month_in_words,
    parse_day,
    parse_moment,
    parse_month,
    parse_time,
    text_of_cell,
    time_in_words,
)

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    "typed",
    ["2026-02-03", "2026/2/3", "2026.2.3", "2026年2月3日", "２０２６年２月３日", "20260203", " 2026 年 2 月 3 日 "],
)
def test_days_are_understood_as_people_write_them(typed: str) -> None:
    assert parse_day(typed) == datetime.date(2026, 2, 3)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("2026-02-30", "no_such_day"),
        ("2026-13-01", "no_such_day"),
        ("2025-02-29", "no_such_day"),
        ("0000-01-01", "no_such_day"),
        ("1899-12-31", "year"),
        ("2101-01-01", "year"),
        ("二月底", "invalid"),
        ("26-2-3", "invalid"),
        ("2026-02", "invalid"),
        ("2026-02-03 10:00", "invalid"),
    ],
)
def test_other_days_are_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_day(typed)
    assert refusal.value.code == reason


def test_the_refusal_of_a_day_names_what_was_typed() -> None:
    with pytest.raises(ValidationError, match="2026-02-30"):
        parse_day("2026-02-30")


@given(DAYS)
def test_every_day_is_read_back(day: datetime.date) -> None:
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day.year}年{day.month}月{day.day}日") == day


@given(TIMES)
def test_every_time_is_read_back(time: datetime.time) -> None:
    assert parse_time(time_in_words(time)) == time
    assert parse_time(f"{time.hour}时{time.minute}分") == time
    assert parse_time(text_of_cell(time)) == time


@given(DAYS, TIMES)
def test_every_moment_is_read_back(day: datetime.date, time: datetime.time) -> None:
    moment = datetime.datetime.combine(day, time)
    assert parse_moment(text_of_cell(moment)) == moment
    with translation.override("zh-hans"):
        assert parse_moment(moment_in_words(moment)) == moment
        assert parse_moment(moment_in_words(moment).replace(" ", "")) == moment


@given(DAYS)
def test_every_month_is_read_back(day: datetime.date) -> None:
    first = day.replace(day=1)
    assert parse_month(day.isoformat()[:7]) == first
    with translation.override("zh-hans"):
        assert parse_month(month_in_words(day)) == first
        assert parse_day(day_in_words(day)) == day


@pytest.mark.parametrize("parse", [parse_day, parse_month, parse_time, parse_moment])
@pytest.mark.parametrize("typed", ["", "  ", "\u200b"])
def test_nothing_typed_is_nothing(parse: Any, typed: str) -> None:
    assert parse(typed) is None


def test_a_time_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValidationError, match="25:10"):
        parse_time("25:10")
