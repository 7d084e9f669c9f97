"""One definition of what expressions mean: the same vectors in Python and, by Node.js, in JavaScript."""

import datetime
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from forms.builder.fields import FIELD_TYPES, Sources
from forms.builder.fields.choice_inputs import MAX_MENU
from forms.builder.fields.directory import Entry
from forms.builder.logic.expressions import ExpressionError, evaluate
from forms.builder.logic.outcome import LogicContext
from forms.builder.logic.payload import browser_payload
from forms.builder.logic.state import logic_value, state_of
from forms.builder.schema import FieldSchema, FormSchema
from tests.services.node import run_script

VECTORS = Path(__file__).resolve().parents[4] / "vectors"
TODAY = datetime.date(2026, 3, 1)
KNOWN: dict[str, list[dict[str, Any]]] = json.loads((VECTORS / "logic.json").read_text(encoding="utf-8"))
TYPES = {
    "number": "number",
    "text": "text",
    "boolean": "yes_no",
    "choice": "choice",
    "date": "date",
    "month": "year_month",
    "time": "time",
    "datetime": "datetime",
    "region": "region",
}
"""A field type that reads each kind of answer."""
OPTIONS = {"least": "minimum", "greatest": "maximum"}
NOTHING: dict[str, Any] = {
    "hidden": [],
    "disabled": [],
    "required": [],
    "values": {},
    "findings": [],
    "notices": [],
    "totals": {},
}


def plain(value: Any) -> Any:
    """The value with one spelling for each number: 3 and 3.0 are the same JSON, 1 and true are not."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) + 0.0
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return {key: plain(one) for key, one in value.items()} if isinstance(value, dict) else value


def as_json(value: Any) -> str:
    """For comparing."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True)


def context_of(vector: dict[str, Any]) -> LogicContext:
    """The surroundings of a form's vector."""
    return LogicContext(TODAY, vector.get("last", {}), 12)


def expected_of(vector: dict[str, Any]) -> dict[str, Any]:
    """What is said of a form, and nothing where nothing is said."""
    found = {**NOTHING, **vector["expected"]}
    return {**found, **{name: sorted(found[name]) for name in ("hidden", "disabled", "required", "notices")}}


@cache
def in_javascript() -> dict[str, Any]:
    """All vectors in one run of Node.js."""
    forms = []
    for vector in KNOWN["forms"]:
        schema = FormSchema.from_json(vector["schema"])
        payload = browser_payload(schema, vector["answers"], context_of(vector))
        answers = {one.key: logic_value(one, vector["answers"].get(one.key)) for one in schema}
        forms.append({"payload": payload, "answers": answers})
    reading = [for_javascript(vector) for vector in KNOWN["reading"]]
    found: dict[str, Any] = run_script(VECTORS / "run.js", {**KNOWN, "forms": forms, "reading": reading})
    return found


def named(vectors: list[dict[str, Any]]) -> Any:
    """Each vector with its place, under its name."""
    return pytest.mark.parametrize(
        ("place", "vector"),
        list(enumerate(vectors)),
        ids=[one.get("name") or f"{one['kind']} {one['text']!r}" for one in vectors],
    )


@named(KNOWN["values"])
def test_an_expression_has_its_value_on_the_server(place: int, vector: dict[str, Any]) -> None:
    if vector.get("error"):
        with pytest.raises(ExpressionError):
            evaluate(vector["rule"], vector.get("data", {}))
    else:
        assert as_json(evaluate(vector["rule"], vector.get("data", {}))) == as_json(vector["result"])


@named(KNOWN["values"])
def test_an_expression_has_its_value_in_the_browser(place: int, vector: dict[str, Any]) -> None:
    found = in_javascript()["values"][place]
    if vector.get("error"):
        assert "error" in found
    else:
        assert as_json(found) == as_json({"result": vector["result"]})


@named(KNOWN["forms"])
def test_a_form_is_worked_out_on_the_server(place: int, vector: dict[str, Any]) -> None:
    state = state_of(FormSchema.from_json(vector["schema"]), vector["answers"], context_of(vector))
    found = {
        "hidden": sorted(state.hidden),
        "disabled": sorted(state.disabled),
        "required": sorted(state.required),
        "values": dict(state.values),
        "findings": [(one.rule.key, one.path) for one in state.findings],
        "notices": sorted(state.notices),
        "totals": dict(state.totals),
    }
    assert as_json(found) == as_json(expected_of(vector))


@named(KNOWN["forms"])
def test_a_form_is_worked_out_in_the_browser(place: int, vector: dict[str, Any]) -> None:
    found = in_javascript()["forms"][place]
    found = {**found, **{name: sorted(found[name]) for name in ("hidden", "disabled", "required", "notices")}}
    assert as_json(found) == as_json(expected_of(vector))


def question_of(vector: dict[str, Any]) -> FieldSchema:
    """The question that reads the text: of the vector's own `type`, or of a type that reads its kind."""
    reading, kind = vector.get("reading", {}), vector["kind"]
    name = vector.get("type") or ("long_text" if reading.get("lines") else TYPES[kind])
    options = {OPTIONS.get(each, each): value for each, value in reading.items() if each not in ("lines", "offer")}
    options |= vector.get("options", {})
    if kind == "boolean":
        options["na"] = True
    if kind == "choice":
        offer = [*reading.get("offer", [["a", "甲"]])]
        if "offer" in reading:  # labels are typed where there are too many for a menu
            offer += [[f"more{number}", f"其他{number}"] for number in range(MAX_MENU)]
        options["choices"] = [{"code": code, "label": label} for code, label in offer]
    return FieldSchema("q", name, "问题", options=options)


def on_the_server(vector: dict[str, Any]) -> Any:
    """What expressions see of the text: of the answer, or of what a draft keeps where it is none."""
    schema = question_of(vector)
    kind, sources = FIELD_TYPES[schema.type], Sources()
    sources.people = [Entry(code, label) for code, label in vector.get("reading", {}).get("offer", [])]
    try:
        answer = kind.form_field(schema, sources, in_table="offer" in vector.get("reading", {})).clean(vector["text"])
    except ValidationError:
        answer = kind.kept(schema, vector["text"])
    return logic_value(schema, answer)


def for_javascript(vector: dict[str, Any]) -> dict[str, Any]:
    """The same with what a form tells the browser of the question."""
    schema = question_of(vector)
    return {**vector, "reading": {**FIELD_TYPES[schema.type].reading(schema), **vector.get("reading", {})}}


@named(KNOWN["reading"])
def test_what_is_typed_is_read_the_same_on_both_sides(place: int, vector: dict[str, Any]) -> None:
    assert as_json(on_the_server(vector)) == as_json(vector["result"])
    assert as_json(in_javascript()["reading"][place]) == as_json({"result": vector["result"]})


def test_there_are_enough_of_them() -> None:
    assert len(KNOWN["values"]) >= 240
    assert len(KNOWN["forms"]) >= 40
