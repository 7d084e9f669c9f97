"""Numbers are understood as people write them, or refused with a sentence that helps."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.rules.numbers import exact, number_in_words, parse_number, plain_figures, rounded


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
    ("typed", "number"),
    [("¥25", 25), ("￥１，２３４．５０", 1234.5), ("¥ 25.00", 25), ("-¥5", -5), ("¥-5", -5), ("¥25元", 25), ("25", 25)],
)
def test_an_amount_is_understood_with_its_sign_as_workbooks_write_it(typed: str, number: float) -> None:
    assert parse_number(typed, decimals=2, unit="元", sign="¥") == number


@pytest.mark.parametrize(("typed", "sign"), [("¥", "¥"), ("¥¥5", "¥"), ("$5", "¥"), ("¥5", "")])
def test_a_sign_that_is_not_the_field_s_own_is_refused(typed: str, sign: str) -> None:
    with pytest.raises(ValidationError):
        parse_number(typed, decimals=2, sign=sign)


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


def test_a_number_with_more_places_than_a_double_has_is_not_rounded_silently() -> None:
    with pytest.raises(ValidationError):
        parse_number("1.0000000000000000000000000001", decimals=2)


@given(st.integers(-(10**14), 10**14), st.integers(0, 6))
def test_figures_shown_to_be_typed_again_are_the_same_number(figures: int, decimals: int) -> None:
    value = figures / 10**decimals if decimals else figures
    assert float(plain_figures(value)) == value
    assert "e" not in plain_figures(value).lower()


@pytest.mark.parametrize(
    ("value", "decimals", "result"),
    [(2.5, 0, 3), (-2.5, 0, -3), (1.005, 2, 1.01), (0.1 + 0.2, 2, 0.3), (7, 2, 7), (1e-9, 2, 0), (1e14, 2, 1e14)],
)
def test_numbers_are_rounded_as_people_round(value: float, decimals: int, result: float) -> None:
    assert rounded(value, decimals) == result


def test_the_noise_of_binary_fractions_is_not_shown() -> None:
    assert str(exact(0.1 + 0.2)) == "0.3"
    assert number_in_words(1.1 + 2.2) == "3.3"


def test_places_that_are_always_shown_are_shown() -> None:
    assert number_in_words(1234, "元", places=2) == "1,234.00 元"
    assert number_in_words(0.125, places=2) == "0.125"
