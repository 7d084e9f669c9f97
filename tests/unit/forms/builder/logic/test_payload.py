"""The browser gets the logic of the form and of anybody's answers only what the logic reads."""

import json
from typing import Any

from forms.builder.logic.outcome import LogicContext
from forms.builder.logic.payload import browser_payload, payload_script
from forms.builder.schema import FormSchema
from tests.unit.forms.builder.logic.asking import TODAY, form, is_same, q, rule, var


def payload(schema: FormSchema, answers: dict[str, Any] | None = None, **context: Any) -> dict[str, Any]:
    return browser_payload(schema, answers or {}, LogicContext(TODAY, **context))


def names(found: dict[str, Any]) -> list[str]:
    return [f"{node['table']}.{node['key']}".strip(".") for node in found["nodes"]]


def test_a_form_without_logic_sends_nothing() -> None:
    found = payload(form(q("a"), q("t", "table", columns=[q("n")])), {"a": 1, "t": [{"n": 1}]})
    assert (found["nodes"], found["rules"], found["answers"]) == ([], [], {})


def test_only_answers_that_are_read_are_sent() -> None:
    schema = form(q("a"), q("secret", "text"), q("b", show=is_same("answers.a", 1)))
    found = payload(schema, {"a": 1, "secret": "x", "b": 2}, last={"a": 5, "secret": "y"})
    assert found["answers"] == {"a": 1}
    assert found["last"] == {}
    assert "secret" not in json.dumps(found)


def test_of_the_last_report_only_what_is_compared_with_is_sent() -> None:
    found = payload(form(q("a", value=var("last.a")), q("b")), {}, last={"a": 5, "b": 6})
    assert found["last"] == {"a": 5}


def test_of_tables_only_columns_that_are_read_are_sent() -> None:
    schema = form(
        q("t", "table", columns=[q("n"), q("name", "text"), q("twice", value={"*": [var("row.n"), 2]})]),
        q("all", value={"sum": [{"map": [var("answers.t"), var("twice")]}]}),
    )
    found = payload(schema, {"t": [{"n": 1, "name": "张三"}]})
    assert found["answers"] == {"t": [{"n": 1, "twice": None}]}
    assert names(found) == ["t", "t.n", "t.twice", "all"]


def test_nodes_stand_in_the_order_in_which_they_are_worked_out() -> None:
    schema = form(q("b", value=var("answers.a")), q("a", value=var("answers.c")), q("c"))
    assert names(payload(schema)) == ["c", "a", "b"]


def test_what_a_section_hides_is_sent_along() -> None:
    found = payload(form(q("a"), q("s", "section", show=is_same("answers.a", 1)), q("b"), q("u", "section"), q("c")))
    assert names(found) == ["a", "s", "b"]


def test_a_check_brings_the_place_of_its_message() -> None:
    found = payload(
        form(q("a"), q("t", "table", columns=[q("n")]), rules=(rule("r", "t.n", {">": [var("row.n"), 0]}),))
    )
    assert names(found) == ["t", "t.n"]
    assert [one["key"] for one in found["rules"]] == ["r"]


def test_logic_that_is_none_is_left_out() -> None:
    found = payload(form(q("a", show={"frobnicate": []}), rules=(rule("r", "a", None), rule("s", "a", {"x": 1}))))
    assert (found["nodes"], found["rules"]) == ([], [])


def test_how_an_input_is_read_is_said() -> None:
    schema = form(
        q("a", "number", options={"unit": "人", "decimals": 1, "minimum": 0}),
        q("b", "percentage"),
        q("c", "rating"),
        q("d", value={"+": [var("answers.a"), var("answers.b"), var("answers.c")]}, options={"decimals": 2}),
    )
    by_key = {node["key"]: node for node in payload(schema)["nodes"]}
    assert by_key["a"]["reading"] == {"unit": "人", "decimals": 1, "least": 0}
    assert by_key["b"]["reading"] == {"unit": "%", "decimals": 2, "least": 0, "greatest": 100}
    assert by_key["c"]["reading"] == {"least": 1, "greatest": 5}
    assert by_key["d"]["options"] == {"decimals": 2}


def test_no_answer_can_break_out_of_the_script() -> None:
    schema = form(q("a", "text"), q("b", show=is_same("answers.a", "</script><b>")))
    text = payload_script(payload(schema, {"a": "</script><script>alert(1)</script>"}))
    assert text.startswith('<script data-form-logic type="application/json">')
    assert text.count("<") == 2
