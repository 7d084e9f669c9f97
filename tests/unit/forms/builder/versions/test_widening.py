"""Types widen without a loss, and answers go over to the next version by key."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from forms.builder.fields import FIELD_TYPES, Sources, type_of
from forms.builder.schema import FieldSchema, FormSchema
from forms.builder.versions.widening import (
    carried,
    carried_answer,
    offered,
    type_changes,
    widened,
    widens,
)
from tests.factories.builder import CHOICES, form_of, question, table_of
from tests.unit.forms.builder.strategies import schemas

ANSWERS: dict[str, Any] = {
    "text": "救助管理站",
    "number": 12,
    "choice": "c1",
    "integer": 12,
    "money": 1234.56,
    "percentage": 35.5,
    "rating": 4,
    "time": "09:30",
    "datetime": "2026-02-03T09:30",
    "year_month": "2026-02",
    "email": "liaison@example.org",
    "phone": "0898-88888888",
    "url": "https://example.org/",
    "date": "2026-02-03",
    "yes_no": True,
    "photo": [{"file": "0b0b", "name": "照片.jpg", "size": 10}],
}
WIDENINGS = [(one, wider) for one in ANSWERS if one in FIELD_TYPES for wider in FIELD_TYPES[one].widens_to]


@pytest.mark.parametrize(("old", "new"), WIDENINGS)
def test_every_answer_of_a_type_is_one_of_the_type_it_widens_to(old: str, new: str) -> None:
    before = question(old)
    after = widened(before, FIELD_TYPES[new])
    answer = carried_answer(ANSWERS[old], before, after)
    assert after.key == before.key
    assert after.label == before.label
    type_of(after).validate(after, answer, Sources())


def test_a_choice_becomes_the_only_one_of_several_and_keeps_its_list() -> None:
    before = question("choice", options={"menu": True})
    after = widened(before, FIELD_TYPES["multiple_choice"])
    assert after.options == CHOICES
    assert carried_answer("c2", before, after) == ["c2"]


def test_a_number_becomes_the_words_in_which_it_was_read() -> None:
    before = question("number", options={"unit": "人"})
    assert carried_answer(1200, before, question("text")) == "1,200 人"
    assert carried_answer("一百", before, question("text")) == "一百"


def test_what_went_without_saying_is_said_to_the_wider_type() -> None:
    amount = widened(question("money"), FIELD_TYPES["number"])
    assert amount.options == {"unit": type_of(question("money")).unit_of(question("money")), "decimals": 2}  # type: ignore[attr-defined]
    share = widened(question("percentage", options={"decimals": 1}), FIELD_TYPES["number"])
    assert share.options == {"unit": "%", "decimals": 1, "minimum": 0, "maximum": 100}
    count = widened(question("integer", options={"unit": "人", "minimum": 1}), FIELD_TYPES["number"])
    assert count.options == {"unit": "人", "minimum": 1}


def test_a_type_widens_in_several_steps_but_never_back() -> None:
    assert widens("number", "long_text")
    assert widens("text", "text")
    assert not widens("long_text", "text")
    assert not widens("multiple_choice", "choice")
    assert not widens("date", "datetime"), "nobody gave the time"
    assert not widens("nonsense", "text")


def test_only_types_a_column_can_have_are_offered_in_a_table() -> None:
    assert [kind.name for kind in offered(question("text"), in_table=True)] == ["long_text"]
    assert offered(question("section")) == []


def test_a_changed_type_is_found_in_any_earlier_version_and_in_columns() -> None:
    first = form_of(question("number", "a"), table_of(question("text", "c")))
    second = form_of(table_of(question("text", "c")))
    third = form_of(question("date", "a"), table_of(question("long_text", "c")))
    changes = {change.path: change for change in type_changes([first, second], third)}
    assert set(changes) == {"a", "rows.c"}
    assert (changes["a"].old, changes["a"].new, changes["a"].is_widening) == ("number", "date", False)
    assert changes["rows.c"].is_widening


@given(schemas)
def test_answers_carried_to_the_same_form_stay_what_they_are(schema: FormSchema) -> None:
    answers = {one.key: ANSWERS[one.type] for one in schema if one.type in ANSWERS}
    assert carried(answers, schema, schema) == answers


def test_answers_keep_by_key_whatever_the_words_and_the_order_are() -> None:
    old = form_of(question("text", "a", "甲"), question("choice", "b"), table_of(question("text", "c"), key="t"))
    new = form_of(
        table_of(question("long_text", "c", "丙"), question("text", "d"), key="t"),
        replace(question("multiple_choice", "b"), label="乙"),
        question("text", "e"),
    )
    answers = {"a": "一", "b": "c1", "t": [{"c": "漏电"}, {}], ".reasons": {"r": "情况属实"}}
    assert carried(answers, old, new) == {"t": [{"c": "漏电"}, {}], "b": ["c1"], ".reasons": {"r": "情况属实"}}


def test_an_answer_that_does_not_widen_is_left_behind() -> None:
    assert carried({"a": "2026-02-03"}, form_of(question("date", "a")), form_of(question("number", "a"))) == {}


def test_settings_that_the_wider_type_has_not_are_gone() -> None:
    field: FieldSchema = widened(question("number", options={"unit": "人", "minimum": 1}), FIELD_TYPES["text"])
    assert field.options == {}
