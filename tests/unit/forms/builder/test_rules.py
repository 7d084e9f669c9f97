"""What people type is understood, or refused with a sentence that helps."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.rules import clean_line, clean_text, number_in_words, parse_day, parse_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("50", 50),
        ("５０", 50),
        (" ５０ ", 50),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("-3", -3),
        ("−3", -3),
        ("+3", 3),
        ("007", 7),
        ("0", 0),
        ("", None),
        ("   ", None),
        ("\u200b", None),
        ("999999999999999", 999_999_999_999_999),
    ],
)
def test_whole_numbers_are_understood_as_people_write_them(typed: str, number: int | None) -> None:
    assert parse_number(typed) == number


def test_decimals_and_the_own_unit_are_understood() -> None:
    assert parse_number("1,234.50", decimals=2) == 1234.5
    assert parse_number("12．5％", decimals=1, unit="%") == 12.5
    assert parse_number("50 人", unit="人") == 50
    assert parse_number("2.0") == 2
    assert isinstance(parse_number("2.0", decimals=1), int)


@pytest.mark.parametrize(
    ("typed", "decimals", "reason"),
    [
        ("一百", 0, "words"),
        ("五十", 0, "words"),
        ("几十", 0, "words"),
        ("abc", 0, "invalid"),
        ("50人", 0, "invalid"),
        ("1,23", 0, "invalid"),
        ("1e5", 0, "invalid"),
        ("--5", 0, "invalid"),
        ("NaN", 0, "invalid"),
        ("Infinity", 0, "invalid"),
        (".", 0, "invalid"),
        ("😀", 0, "invalid"),
        ("1.5", 0, "whole"),
        ("1.234", 2, "decimals"),
        ("1" * 16, 0, "long"),
        ("9" * 5000, 0, "long"),
        ("1" + "0" * 400, 0, "long"),
    ],
)
def test_other_numbers_are_refused_with_the_reason(typed: str, decimals: int, reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_number(typed, decimals=decimals)
    assert refusal.value.code == reason


@given(st.integers(-(10**9), 10**9), st.integers(0, 5))
def test_a_number_shown_in_words_is_read_back(figures: int, decimals: int) -> None:
    value = figures / 10**decimals if decimals else figures
    read = parse_number(number_in_words(value, "人"), decimals=decimals, unit="人")
    assert read == value


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


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)))
def test_every_day_is_read_back(day: datetime.date) -> None:
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day.year}年{day.month}月{day.day}日") == day


def test_what_cannot_be_seen_is_removed() -> None:
    assert clean_text("a\0b\x07c") == "abc"
    assert clean_text("附件\u202efdp.exe") == "附件fdp.exe"
    assert clean_text("\ufeff检\u200b查\u200e") == "检查"
    assert clean_text("half \ud83d pair") == "half  pair"


def test_what_can_be_seen_stays() -> None:
    family = "👨\u200d👩\u200d👧"
    assert clean_text(family) == family
    assert clean_text("䶮㙓𠀀") == "䶮㙓𠀀"
    assert clean_text("a\tb") == "a\tb"


def test_lines_end_alike_and_one_line_is_one_line() -> None:
    assert clean_text("一\r\n二\r三\u2028四") == "一\n二\n三\n四"
    assert clean_line("一\r\n  二\t三") == "一 二 三"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert "\0" not in once
    once.encode("utf-8")
