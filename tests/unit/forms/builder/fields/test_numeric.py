"""Whole numbers, decimals, money and percentages."""

import contextlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from forms.builder.fields import FIELD_TYPES, Sources, type_of
from forms.builder.schema import FieldSchema
from tests.factories.builder import question

TEN_THOUSANDS = {"unit": "ten_thousand_yuan"}


def read(schema: FieldSchema, typed: Any) -> Any:
    return type_of(schema).form_field(schema, Sources()).clean(typed)


@pytest.mark.parametrize(
    ("schema", "typed", "answer"),
    [
        (question("integer"), "１，２３４", 1234),
        (question("integer"), "5.0", 5),
        (question("integer", options={"unit": "人"}), "50 人", 50),
        (question("integer"), 50.0, 50),
        (question("number", options={"decimals": 1}), "1,234.5", 1234.5),
        (question("number", options={"decimals": 2}), 0.1 + 0.2, 0.3),
        (question("number", options={"decimals": 6}), 0.000001, 0.000001),
        (question("money"), "１，２３４．５０", 1234.5),
        (question("money"), "-20.05", -20.05),
        (question("money", options=TEN_THOUSANDS), "12.345678", 12.345678),
        (question("percentage"), "５０％", 50),
        (question("percentage"), "50%", 50),
        (question("percentage"), "0.5", 0.5),
        (question("percentage"), "100", 100),
        (question("percentage", options={"minimum": -100, "maximum": 1000}), "-12.5%", -12.5),
    ],
)
def test_numbers_are_understood_as_people_and_workbooks_write_them(
    schema: FieldSchema, typed: Any, answer: Any
) -> None:
    found = read(schema, typed)
    assert found == answer
    assert type(found) is type(answer)


@pytest.mark.parametrize(
    ("schema", "typed", "reason"),
    [
        (question("integer"), "1.5", "whole"),
        (question("integer"), "一百", "words"),
        (question("integer"), True, "invalid"),
        (question("integer", options={"minimum": 1}), "0", "min"),
        (question("number", options={"decimals": 1}), "1.25", "decimals"),
        (question("number"), "1.00000000000000000000000000000001", "whole"),
        (question("money"), "0.001", "decimals"),
        (question("money", options={"minimum": 0}), "-1", "min"),
        (question("percentage"), "100.01", "max"),
        (question("percentage"), "-1", "min"),
        (question("percentage"), "33.333", "decimals"),
        (question("percentage", options={"decimals": 0}), "33.3", "whole"),
        (question("percentage"), "五十", "words"),
    ],
)
def test_other_numbers_are_refused_with_the_reason(schema: FieldSchema, typed: Any, reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(schema, typed)
    assert refusal.value.code == reason


@pytest.mark.parametrize(
    ("schema", "answer", "words"),
    [
        (question("integer", options={"unit": "人"}), 1234567, "1,234,567 人"),
        (question("number", options={"unit": "公里"}), 0.000001, "0.000001 公里"),
        (question("money"), 1234.5, "1,234.50 yuan"),
        (question("money"), 0, "0.00 yuan"),
        (question("money", options=TEN_THOUSANDS), 12.345678, "12.345678 ten thousand yuan"),
        (question("percentage"), 35.5, "35.5%"),
    ],
)
def test_numbers_are_read_with_their_unit(schema: FieldSchema, answer: float, words: str) -> None:
    with translation.override("en"):
        assert type_of(schema).in_words(schema, answer) == words
    assert type_of(schema).cell(schema, answer) == answer


def test_a_small_number_is_shown_again_without_an_exponent() -> None:
    schema = question("number", options={"decimals": 6})
    assert type_of(schema).initial(schema, 0.000001) == "0.000001"


def test_an_amount_is_shown_again_with_its_separators() -> None:
    schema = question("money")
    assert type_of(schema).initial(schema, 1234567.5) == "1,234,567.50"


@pytest.mark.parametrize("kind", ["integer", "number", "money", "percentage"])
def test_bounds_that_leave_no_room_are_told(kind: str) -> None:
    assert "maximum" in FIELD_TYPES[kind].check({"minimum": "5", "maximum": "1"})
    assert FIELD_TYPES[kind].check({"minimum": "1", "maximum": "5"}) == {}


def test_a_percentage_whose_smallest_value_lies_above_a_hundred_is_told() -> None:
    assert "maximum" in FIELD_TYPES["percentage"].check({"minimum": "101", "maximum": None})


@pytest.mark.parametrize("kind", ["integer", "number", "money", "percentage"])
@pytest.mark.parametrize("odd", ["x", -1, 50, [], None, True, 1.5])
def test_odd_settings_of_an_import_do_not_break_the_form(kind: str, odd: Any) -> None:
    schema = question(kind, options={"minimum": odd, "maximum": odd, "decimals": odd, "unit": "x"})
    field = type_of(schema).form_field(schema, Sources())
    field.widget.render("q", None)
    with contextlib.suppress(ValidationError):
        field.clean("5")


def test_a_new_decimal_number_starts_with_two_decimals_and_a_stored_one_keeps_what_it_has() -> None:
    block = FIELD_TYPES["number"].block()
    assert block.get_default()["decimals"] == 2
    assert block.to_python(FIELD_TYPES["number"].raw(question("number")))["decimals"] is None


@pytest.mark.parametrize(
    ("schema", "reading"),
    [
        (question("integer", options={"unit": "人", "minimum": 0}), {"unit": "人", "least": 0}),
        (question("number", options={"decimals": 1}), {"decimals": 1}),
        (question("percentage"), {"decimals": 2, "unit": "%", "least": 0, "greatest": 100}),
        (question("money", options=TEN_THOUSANDS), {"decimals": 6, "unit": "ten thousand yuan", "places": 2}),
    ],
)
def test_the_browser_is_told_what_goes_without_saying(schema: FieldSchema, reading: dict[str, Any]) -> None:
    with translation.override("en"):
        assert type_of(schema).reading(schema) == reading
