"""Numbers that identify persons and bodies. All invented."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.rules.identity import parse_id_number
from tests.unit.forms.builder.fields.answers import id_numbers

TODAY = datetime.date(2026, 11, 25)


@given(id_numbers())
def test_every_number_with_its_check_digit_is_taken(number: str) -> None:
    assert parse_id_number(number, TODAY) == number
    assert parse_id_number(number.lower(), TODAY) == number


@given(id_numbers(), st.integers(0, 17), st.integers(1, 9))
def test_one_mistyped_digit_is_always_noticed(number: str, place: int, more: int) -> None:
    """GB 11643 promises it: the weights are no multiples of 11."""
    wrong = str((int(number[place]) + more) % 10) if number[place] != "X" else str(more)
    with pytest.raises(ValidationError):
        parse_id_number(number[:place] + wrong + number[place + 1 :], TODAY)


@given(id_numbers(), st.integers(0, 16))
def test_two_digits_changed_about_are_always_noticed(number: str, place: int) -> None:
    turned = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if turned != number:
        with pytest.raises(ValidationError):
            parse_id_number(turned, TODAY)


def test_nobody_is_born_tomorrow() -> None:
    with pytest.raises(ValidationError) as refusal:
        parse_id_number("11010520261126002X", TODAY)
    assert refusal.value.code == "birth_date"
