"""A schema comes back from JSON as it was, and its digest tells two forms apart."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from forms.builder.schema import FieldSchema, FormSchema, SchemaError
from forms.builder.streams import schema_of_stream, stream_of_rules, stream_of_schema, with_own_keys
from tests.factories.builder import every_type, form_of, question
from tests.unit.forms.builder.strategies import schemas


@given(schemas)
def test_a_schema_survives_json(schema: FormSchema) -> None:
    again = FormSchema.from_json(json.loads(json.dumps(schema.to_json())))
    assert again == schema
    assert again.digest() == schema.digest()


@given(schemas)
def test_a_schema_survives_the_editor(schema: FormSchema) -> None:
    stream = stream_of_schema(schema)
    again = schema_of_stream(stream, title=schema.title, intro=schema.intro, rules=stream_of_rules(schema))
    assert again == schema
    assert with_own_keys(stream) == stream


def test_every_type_survives_both() -> None:
    schema = every_type()
    assert FormSchema.from_json(schema.to_json()) == schema
    assert schema_of_stream(stream_of_schema(schema), title=schema.title) == schema


@pytest.mark.parametrize(
    "changed",
    [
        question("text", label="监察"),
        question("text", label="检查", help_text="写全称"),
        question("text", label="检查", required=True),
        question("long_text", label="检查"),
        question("text", key="q2", label="检查"),
        question("text", label="检查", options={"max_length": 9}),
    ],
)
def test_any_change_changes_the_digest(changed: FieldSchema) -> None:
    assert form_of(question("text", label="检查")).digest() != form_of(changed).digest()


def test_order_and_title_count_for_the_digest() -> None:
    one, two = question("text", "a"), question("text", "b")
    assert form_of(one, two).digest() != form_of(two, one).digest()
    assert form_of(one).digest() != replace(form_of(one), title="另一张表").digest()


def test_the_digest_does_not_depend_on_the_order_of_json_keys() -> None:
    data = form_of(question("text", options={"max_length": 5, "sensitive": True})).to_json()
    turned = json.loads(json.dumps(data, sort_keys=True))
    assert FormSchema.from_json(turned).digest() == FormSchema.from_json(data).digest()


def test_homophones_and_equal_labels_are_different_questions() -> None:
    schema = form_of(question("text", "a", "检查"), question("text", "b", "监察"), question("text", "c", "检查"))
    assert [one.key for one in FormSchema.from_json(schema.to_json())] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], "form"),
        ({"title": 5}, "title"),
        ({"title": "x", "fields": {}}, "form"),
        ({"title": "x", "fields": ["text"]}, "field"),
        ({"title": "x", "fields": [{"key": "a.b", "type": "text", "label": ""}]}, "a.b"),
        ({"title": "x", "fields": [{"key": "", "type": "text", "label": ""}]}, "key"),
        ({"title": "x", "fields": [{"key": "revision", "type": "text", "label": ""}]}, "revision"),
        ({"title": "x", "fields": [{"key": "a", "type": "text", "label": None}]}, "label"),
        ({"title": "x", "fields": [{"key": "a", "type": "text", "label": "", "options": []}]}, "a"),
        ({"title": "x", "fields": [{"key": "a", "type": "text", "label": "1"}] * 2}, "a"),
    ],
)
def test_what_is_no_form_is_refused_with_the_place(data: Any, place: str) -> None:
    with pytest.raises(SchemaError, match=place):
        FormSchema.from_json(data)
