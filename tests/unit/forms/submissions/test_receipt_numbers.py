"""Numbers and hashes as they are printed on a receipt and typed from it."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.submissions.receipts.hashes import in_groups, parse_hash
from forms.submissions.receipts.numbers import (
    ALPHABET,
    LENGTH,
    NotANumberError,
    WrongCheckError,
    new_number,
    parse_number,
    readable,
)

SENT = datetime.datetime(2026, 11, 27, 16, 30, tzinfo=datetime.UTC)
EXAMPLE = "20261128-7KM4-3QW5"
HASH = "0123456789abcdef" * 4

numbers = st.builds(new_number, st.datetimes(datetime.datetime(2020, 1, 2), timezones=st.just(datetime.UTC)))


def test_a_number_begins_with_the_day_in_beijing_and_has_no_confusable_character() -> None:
    number = new_number(SENT)
    assert number.startswith("20261128")
    assert not set("ILOSVZ") & set(number)
    assert re.fullmatch(r"20261128-[0-9A-Z]{4}-[0-9A-Z]{4}", readable(number))


@given(numbers)
def test_a_number_is_read_back_however_it_is_typed(number: str) -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) for one in number)
    for typed in (readable(number), readable(number).lower(), f"  {number[:8]} {number[8:]} ", wide):
        assert parse_number(typed) == number


@given(numbers, st.data())
def test_every_mistaken_character_is_noticed(number: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, LENGTH - 1))
    others = set("0123456789" if at < 8 else ALPHABET) - {number[at]}
    wrong = data.draw(st.sampled_from(sorted(others)))
    with pytest.raises(WrongCheckError):
        parse_number(number[:at] + wrong + number[at + 1 :])


@given(numbers, st.integers(0, LENGTH - 2))
def test_two_neighbours_that_changed_places_are_noticed(number: str, at: int) -> None:
    changed = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if changed == number:
        return
    with pytest.raises((WrongCheckError, NotANumberError)):
        parse_number(changed)


def test_letters_that_look_like_digits_are_taken_for_them() -> None:
    number = parse_number(EXAMPLE)
    assert parse_number(EXAMPLE.replace("0", "O").replace("1", "l").replace("2", "Z", 1)) == number


@pytest.mark.parametrize("typed", ["", "-", EXAMPLE[:-1], EXAMPLE + "0", "不是编号", "ABCDEFGH-7KM4-3QW5", "١" * 16])
def test_what_cannot_be_a_number_is_refused(typed: str) -> None:
    with pytest.raises(NotANumberError):
        parse_number(typed)


@pytest.mark.parametrize(
    "typed", [HASH[:12], HASH, in_groups(HASH), HASH[:12].upper() + "…", "01234567-89ab", "０１２３４５６７８９ａｂ"]
)
def test_a_hash_is_read_as_it_is_printed(typed: str) -> None:
    found = parse_hash(typed)
    assert found is not None
    assert HASH.startswith(found)


@pytest.mark.parametrize("typed", ["", HASH[:11], HASH + "0", "0123456789ag", "校验值校验值校验值校验值"])
def test_what_is_no_hash_is_refused(typed: str) -> None:
    assert parse_hash(typed) is None
