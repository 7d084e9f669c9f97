"""What follows from answers: what is asked, what must be answered, what is calculated, what does not fit."""

from typing import Any

from forms.builder.logic.outcome import FormState
from forms.builder.logic.state import totals_of
from forms.builder.schema import FieldSchema
from tests.unit.forms.builder.logic.asking import form, is_same, q, rule, state, var

YES = {"code": "a", "label": "甲"}
NO = {"code": "b", "label": "乙"}


def choice(key: Any, **more: Any) -> FieldSchema:
    return q(key, "choice", options={"choices": [YES, NO]}, **more)


def sum_of(table: Any, column: Any) -> dict[str, Any]:
    return {"sum": [{"map": [var(f"answers.{table}"), var(column)]}]}


def test_a_question_is_asked_only_where_its_condition_applies() -> None:
    schema = form(choice("kind"), q("why", "text", show=is_same("answers.kind", "a")))
    assert state(schema, {"kind": "b"}).hidden == {"why"}
    assert state(schema, {}).hidden == {"why"}
    assert state(schema, {"kind": "a"}).hidden == frozenset()


def test_what_is_hidden_counts_as_blank_for_what_depends_on_it() -> None:
    schema = form(
        choice("kind"),
        choice("why", show=is_same("answers.kind", "a")),
        q("more", "text", show=is_same("answers.why", "a")),
    )
    found = state(schema, {"kind": "b", "why": "a", "more": "x"})
    assert found.hidden == {"why", "more"}


def test_the_order_of_the_questions_does_not_matter_for_what_they_depend_on() -> None:
    schema = form(
        q("more", "text", show=is_same("answers.why", "a")),
        choice("why", show=is_same("answers.kind", "a")),
        choice("kind"),
    )
    assert state(schema, {"kind": "b", "why": "a"}).hidden == {"more", "why"}


def test_a_hidden_section_hides_what_follows_up_to_the_next_heading() -> None:
    schema = form(
        choice("kind"),
        q("s1", "section", show=is_same("answers.kind", "a")),
        q("one"),
        q("two"),
        q("s2", "section"),
        q("three"),
    )
    assert state(schema, {"kind": "b"}).hidden == {"s1", "one", "two"}


def test_a_hidden_page_hides_its_sections() -> None:
    schema = form(
        choice("kind"),
        q("p1", "page_break", show=is_same("answers.kind", "a")),
        q("one"),
        q("s1", "section"),
        q("two"),
        q("p2", "page_break"),
        q("three"),
    )
    assert state(schema, {"kind": "b"}).hidden == {"p1", "one", "s1", "two"}


def test_a_section_ends_at_a_page_break() -> None:
    schema = form(q("s1", "section", show=False), q("one"), q("p1", "page_break"), q("two"))
    assert state(schema).hidden == {"s1", "one"}


def test_a_hidden_table_has_no_rows() -> None:
    schema = form(
        choice("kind"),
        q("t", "table", columns=[q("n")], show=is_same("answers.kind", "a")),
        q("all", value=sum_of("t", "n")),
    )
    answers = {"kind": "b", "t": [{"n": 1}, {"n": 2}]}
    found = state(schema, answers)
    assert found.hidden == {"t"}
    assert found.values == {"all": 0}
    assert state(schema, {**answers, "kind": "a"}).values == {"all": 3}


def test_each_row_decides_for_itself() -> None:
    table = q(
        "t",
        "table",
        columns=[
            q("done", "yes_no"),
            q("why", "text", show=is_same("row.done", False), require=is_same("row.done", False)),
        ],
    )
    found = state(form(table), {"t": [{"done": True}, {"done": False}, {}]})
    assert found.hidden == {"t.0.why", "t.2.why"}
    assert found.required == {"t.1.why"}


def test_a_heading_among_columns_hides_the_columns_after_it() -> None:
    table = q(
        "t",
        "table",
        columns=[
            q("done", "yes_no"),
            q("g", "section", show=is_same("row.done", True)),
            q("n"),
            q("h", "section"),
            q("m"),
        ],
    )
    assert state(form(table), {"t": [{"done": False}]}).hidden == {"t.0.g", "t.0.n"}


def test_rows_may_depend_on_questions_outside() -> None:
    table = q("t", "table", columns=[q("n", show=is_same("answers.kind", "a")), q("m")])
    found = state(form(choice("kind"), table), {"kind": "b", "t": [{"n": 5, "m": 1}]})
    assert found.hidden == {"t.0.n"}


def test_a_disabled_answer_counts_as_blank() -> None:
    schema = form(
        choice("kind"), q("n", enable=is_same("answers.kind", "a")), q("twice", value={"*": [var("answers.n"), 2]})
    )
    found = state(schema, {"kind": "b", "n": 4})
    assert found.disabled == {"n"}
    assert not found.asks("n")
    assert found.values == {"twice": None}
    assert state(schema, {"kind": "a", "n": 4}).values == {"twice": 8}


def test_what_is_hidden_need_not_be_answered() -> None:
    schema = form(q("n", show=False, require=True), q("m", enable=False, require=True), q("k", require=True))
    assert state(schema).required == {"k"}


def test_calculations_follow_each_other_in_whatever_order_they_stand() -> None:
    schema = form(
        q("total", value={"+": [var("answers.part"), var("answers.c")]}),
        q("part", value={"+": [var("answers.a"), var("answers.b")]}),
        q("a"), q("b"), q("c"),
    )  # fmt: skip
    assert state(schema, {"a": 1, "b": 2, "c": 3}).values == {"part": 3, "total": 6}


def test_a_row_may_be_a_share_of_its_column() -> None:
    table = q(
        "t",
        "table",
        columns=[q("n"), q("share", value={"/": [var("row.n"), sum_of("t", "n")]}, options={"decimals": 2})],
    )
    found = state(form(table), {"t": [{"n": 1}, {"n": 2}]})
    assert found.values == {"t.0.share": 0.33, "t.1.share": 0.67}


def test_a_calculation_takes_the_place_of_whatever_was_sent() -> None:
    assert state(form(q("n", value={"+": [1, 1]})), {"n": 99}).values == {"n": 2}


def test_a_calculated_text_and_date_are_given_out_as_such() -> None:
    schema = form(
        q("line", value={"concat": [var("answers.n"), " 人"]}, options={"result": "text"}),
        q("due", value={"add_days": [var("context.today"), 30]}, options={"result": "date"}),
        q("wrong", value="2026-02-30", options={"result": "date"}),
        q("n"),
    )
    assert state(schema, {"n": 5}).values == {"line": "5 人", "due": "2026-03-31", "wrong": None}


def test_dividing_by_zero_is_said_at_the_place() -> None:
    schema = form(q("a"), q("b"), q("rate", value={"/": [var("answers.a"), var("answers.b")]}))
    found = state(schema, {"a": 1, "b": 0})
    assert found.values == {"rate": None}
    assert set(found.notices) == {"rate"}
    assert state(schema, {"a": 1}).notices == {}


def test_what_a_draft_keeps_as_typed_counts_as_blank() -> None:
    schema = form(q("n"), q("twice", value={"*": [var("answers.n"), 2]}))
    assert state(schema, {"n": "一百"}).values == {"twice": None}


def test_the_last_report_can_be_compared_with() -> None:
    schema = form(q("n"), q("more", value={"-": [var("answers.n"), var("last.n")]}))
    assert state(schema, {"n": 5}, last={"n": 3}).values == {"more": 2}
    assert state(schema, {"n": 5}).values == {"more": None}


def test_a_check_that_does_not_hold_is_found_where_it_stands() -> None:
    schema = form(q("a"), q("b"), rules=(rule("r", "b", {"<=": [var("answers.a"), var("answers.b")]}),))
    (found,) = state(schema, {"a": 2, "b": 1}).findings
    assert (found.path, found.row, found.reason_key) == ("b", None, "r")
    assert not state(schema, {"a": 1, "b": 1}).findings


def test_a_check_on_what_is_not_answered_holds() -> None:
    schema = form(q("a"), q("b"), rules=(rule("r", "b", {"<=": [var("answers.a"), var("answers.b")]}),))
    assert not state(schema, {"a": 2}).findings


def test_a_check_at_a_hidden_question_is_not_made() -> None:
    schema = form(q("a"), q("b", show=False), rules=(rule("r", "b", {">": [var("answers.a"), 0]}),))
    assert not state(schema, {"a": 0}).findings


def test_a_check_on_rows_names_each_row_that_fails() -> None:
    table = q("t", "table", columns=[q("a"), q("b", show={">": [var("row.a"), 0]})])
    schema = form(table, rules=(rule("r", "t.b", {"<=": [var("row.a"), 3]}),))
    found = state(schema, {"t": [{"a": 5, "b": 1}, {"a": 1, "b": 1}, {"a": -1}, {"a": 4}]}).findings
    assert [(one.path, one.row, one.reason_key) for one in found] == [("t.0.b", 0, "r.0"), ("t.3.b", 3, "r.3")]


def test_broken_logic_neither_hides_nor_stops_a_form() -> None:
    schema = form(
        q("a", show={"nonsense": [1]}, require={"a": 1, "b": 2}), q("b", value={"+": []}), rules=(rule("r", "a", None),)
    )
    assert state(schema, {"a": 1}) == FormState(values={"b": None})


def test_a_circle_does_not_hang() -> None:
    schema = form(q("a", value=var("answers.b")), q("b", value=var("answers.a")))
    assert state(schema).values == {"a": None, "b": None}


def test_an_unknown_type_of_question_is_passed_over() -> None:
    assert state(form(q("x", "hologram"), q("n", show=is_same("answers.x", 1)))).hidden == {"n"}


def test_totals_add_up_what_is_shown() -> None:
    table = q("t", "table", columns=[q("n"), q("m", show={">": [var("row.n"), 1]})], options={"totals": ["m"]})
    schema = form(table)
    answers = {"t": [{"n": 2, "m": 0.1}, {"n": 2, "m": 0.2}, {"n": 2, "m": "二"}, {"n": 1, "m": 7}, {}]}
    assert state(schema, answers).totals == {"t.m": 0.3}
    assert totals_of(schema, answers) == {"t.m": 7.3}


def test_odd_answers_do_no_harm() -> None:
    schema = form(q("t", "table", columns=[q("n")], options={"totals": ["n", "gone"]}), q("m", value=sum_of("t", "n")))
    odds: list[Any] = ["x", 5, [1, "a", None], {"a": 1}, [[{}]]]
    for odd in odds:
        assert state(schema, {"t": odd}).values == {"m": 0}


def test_a_day_out_of_bounds_counts_as_blank_but_not_in_the_last_report() -> None:
    bounds = {"earliest": "2026-01-01", "latest": "2026-12-31"}
    since = {"days_between": [var("last.day"), var("answers.day")]}
    schema = form(
        q("day", "date", options=bounds),
        q("why", "text", show={"blank": var("answers.day")}),
        q("since", "calculated", value=since),
    )
    last = {"day": "2025-12-31"}
    assert state(schema, {"day": "2025-12-31"}, last=last).hidden == frozenset()
    found = state(schema, {"day": "2026-01-11"}, last=last)
    assert found.hidden == {"why"}
    assert found.values["since"] == 11
