"""One definition of what expressions mean: the same vectors in Python and, by Node.js, in JavaScript."""

import datetime
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from forms.builder.fields import FIELD_TYPES, Sources
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
    found: dict[str, Any] = run_script(VECTORS / "run.js", {**KNOWN, "forms": forms})
    return found


def named(vectors: list[dict[str, Any]]) -> Any:
    """Each vector with its place, under its name."""
    return pytest.mark.parametrize(
        ("place", "vector"), list(enumerate(vectors)), ids=[one.get("name") or repr(one["text"]) for one in vectors]
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


def read(kind: str, text: str, reading: dict[str, Any]) -> Any:
    """What the field type of the kind reads in a text; None for what it refuses."""
    name = "long_text" if reading.get("lines") else TYPES[kind]
    options = {OPTIONS.get(each, each): value for each, value in reading.items() if each != "lines"}
    if kind == "boolean":
        options["na"] = True
    if kind == "choice":
        options["choices"] = [{"code": "a", "label": "甲"}]
    schema = FieldSchema("q", name, "问题", options=options)
    try:
        return FIELD_TYPES[name].form_field(schema, Sources()).clean(text)
    except ValidationError:
        return None


@named(KNOWN["reading"])
def test_what_is_typed_is_read_the_same_on_both_sides(place: int, vector: dict[str, Any]) -> None:
    if TYPES[vector["kind"]] in FIELD_TYPES:
        on_the_server = read(vector["kind"], vector["text"], vector.get("reading", {}))
        assert as_json(on_the_server) == as_json(vector["result"])
    assert as_json(in_javascript()["reading"][place]) == as_json({"result": vector["result"]})


def test_there_are_enough_of_them() -> None:
    assert len(KNOWN["values"]) >= 240
    assert len(KNOWN["forms"]) >= 40
