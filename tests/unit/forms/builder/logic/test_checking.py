"""What is wrong with a form's logic is named before anybody fills it in: in words, with labels, never with keys."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from forms.builder.logic.checking import problems_of
from forms.builder.schema import FieldSchema
from tests.unit.forms.builder.logic.asking import form, is_same, q, rule, var


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages as they are written."""
    with translation.override("en"):
        yield


CHOICES = [{"code": "a", "label": "甲"}, {"code": "b", "label": "乙", "retired": True}]
LEVEL = q("level", "choice", label="等级", options={"choices": CHOICES})
FORM = (
    q("n", label="人数"),
    q("name", "text", label="备注"),
    q("kind", "choice", label="类别", options={"choices": CHOICES}),
    q("areas", "multiple_choice", label="环节", options={"choices": CHOICES}),
    q("on", "date", label="检查日期"),
    q("yes", "yes_no", label="是否发现问题"),
    q("unit", "unit", label="单位"),
    q("s", "section", label="第一部分"),
    q("t", "table", label="问题清单", columns=[q("amount", label="金额"), LEVEL]),
)  # fmt: skip


def messages(*fields: FieldSchema, rules: Any = ()) -> list[str]:
    return [problem.message for problem in problems_of(form(*FORM, *fields, rules=rules))]


def asked(condition: Any) -> list[str]:
    """What is said about a condition."""
    return messages(q("x", "text", label="说明", show=condition))


SOUND = [
    is_same("answers.kind", "a"),
    is_same("answers.kind", "b"),  # retired: old reports have it
    is_same("answers.kind", None),
    {"in": [var("answers.kind"), ["a", "b"]]},
    {"contains": [var("answers.areas"), "a"]},
    {"in": ["a", var("answers.areas")]},
    {">": [var("answers.n"), 5]},
    {"<=": [1, var("answers.n"), 5]},
    {"<": [var("answers.on"), "2026-01-01"]},
    {"<": [var("answers.on"), var("context.today")]},
    {">": [{"days_between": [var("answers.on"), var("context.today")]}, 30]},
    {"===": [var("answers.unit"), var("context.unit")]},
    {"===": [var("answers.unit"), "12"]},
    {"===": [var("answers.yes"), True]},
    {"===": [var("answers.yes"), "na"]},
    {">": [var("answers.n"), var("last.n")]},
    {">": [{"sum": [{"map": [var("answers.t"), var("amount")]}]}, 100]},
    {">": [{"count": [{"filter": [var("answers.t"), is_same("level", "a")]}]}, 0]},
    {"some": [var("answers.t"), {">": [var("amount"), var("answers.n")]}]},
    {"some": [var("answers.areas"), {"===": [var(""), "a"]}]},
    {"all": [var("answers.t"), {"!": {"blank": var("amount")}}]},
    {">": [{"reduce": [var("answers.t"), {"+": [var("accumulator"), var("current.amount")]}, 0]}, 1]},
    {"and": [{"!!": var("answers.name")}, {"or": [var("answers.yes"), False]}]},
    {"in": ["问题", var("answers.name")]},
    {">": [{"length": var("answers.name")}, 10]},
    {">": [{"count": var("answers.t")}, 3]},
    {">": [{"round": [{"/": [var("answers.n"), 3]}, 1]}, {"average": [1, 2]}]},
    {"===": [{"year_of": var("answers.on")}, 2026]},
    {"===": [{"if": [var("answers.yes"), 1, 2]}, 2]},
    {"<": [{"add_months": [var("answers.on"), 1]}, {"greatest": [var("answers.on"), "2026-01-01"]}]},
]  # fmt: skip


@pytest.mark.parametrize("condition", SOUND)
def test_nothing_is_said_of_sound_conditions(condition: Any) -> None:
    assert asked(condition) == []


WRONG = [
    (is_same("answers.gone", "a"), "it names a question that is not in the form"),
    (is_same("last.gone", "a"), "it names a question that is not in the form"),
    ({"some": [var("answers.t"), {">": [var("gone"), 1]}]}, "it names a question that is not in the form"),
    (var("context.weather"), "it names a question that is not in the form"),
    (var("gone"), "it names a question that is not in the form"),
    (is_same("answers.kind", "c"), "it asks for a choice that “类别” does not have"),
    ({"in": [var("answers.kind"), ["a", "c"]]}, "it asks for a choice that “类别” does not have"),
    ({"contains": [var("answers.areas"), "c"]}, "it asks for a choice that “环节” does not have"),
    ({">": [var("answers.n"), "五"]}, "“五” (text) is neither less nor more"),
    ({">": [var("answers.n"), var("answers.name")]}, "“备注” (text) is neither less nor more"),
    ({">": [var("answers.n"), var("answers.on")]}, "“人数” (a number) and “检查日期” (a date) cannot be compared"),
    ({"===": [var("answers.n"), "5"]}, "“人数” (a number) and “5” (text) cannot be compared"),
    ({"<": [var("answers.on"), "2026-02-30"]}, "“2026-02-30” (text) is neither less nor more"),
    ({"===": [var("answers.areas"), "a"]}, "“环节” (several choices) holds more than one value"),
    ({"+": [var("answers.on"), 1]}, "“检查日期” (a date) stands where a number is needed"),
    ({"days_between": [var("answers.n"), var("answers.on")]}, "“人数” (a number) stands where a date or a"),
    ({"sum": var("answers.t")}, "“问题清单” (the rows of a table): say which column is meant"),
    ({">": [var("answers.t.amount"), 1]}, "a column of “问题清单” must be summed up"),
    ({">": [var("row.amount"), 1]}, "a column is named outside of its table"),
    (var("answers.s"), "answers to “第一部分” cannot be used"),
    ({"concat": [var("answers.kind")]}, "“类别” (a choice) stands where"),
    ({"frobnicate": [1]}, "it uses an operation that this portal does not know"),
    ({"+": [1], "-": [1]}, "it is not complete"),
    ({}, "it is not complete"),
    ({"===": [1]}, "it is not complete"),
    ({"var": 5}, "it is not complete"),
    ({"var": {"var": "answers.n"}}, "it is not complete"),
    ({"and": [True] * 2001}, "it is too long"),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "expected"), WRONG)
def test_what_is_wrong_with_a_condition_is_named_with_the_question_that_has_it(condition: Any, expected: Any) -> None:
    (message,) = asked(condition)
    assert message.startswith("The condition under which “说明” is shown: ")
    assert expected in message


def test_a_bomb_is_refused() -> None:
    deep: Any = True
    for _level in range(5000):
        deep = {"!": [deep]}
    (message,) = asked(deep)
    assert "it is too long" in message


def test_a_circle_is_named_by_the_labels_along_it() -> None:
    (message,) = messages(
        q("total", label="合计", value={"+": [var("answers.part"), 1]}),
        q("part", label="小计", value={"+": [var("answers.total"), 1]}),
    )
    assert "“合计” → “小计” → “合计”" in message


def test_a_question_that_waits_for_itself_is_a_circle() -> None:
    (problem,) = problems_of(form(q("a", label="甲", show=is_same("answers.a", 1))))
    assert (problem.path, problem.slot) == ("a", "show")
    assert "“甲” → “甲”" in problem.message


def test_a_section_that_waits_for_a_question_in_it_is_a_circle() -> None:
    (problem,) = problems_of(form(q("s", "section", label="一", show=is_same("answers.a", 1)), q("a", label="甲")))
    assert problem.path == "s"


def test_a_share_of_the_own_column_is_no_circle() -> None:
    share = {"/": [var("row.n"), {"sum": [{"map": [var("answers.t"), var("n")]}]}]}
    assert problems_of(form(q("t", "table", columns=[q("n"), q("share", value=share)]))) == []


def test_a_column_that_sums_itself_up_is_a_circle() -> None:
    value = {"sum": [{"map": [var("answers.t"), var("n")]}]}
    (problem,) = problems_of(form(q("t", "table", columns=[q("n", label="数", value=value)])))
    assert problem.path == "t.n"


def test_a_calculated_question_needs_a_calculation() -> None:
    (problem,) = problems_of(form(q("x", "calculated", label="合计")))
    assert (problem.path, problem.slot) == ("x", "value")
    assert problem.message == "“合计” has no calculation yet."


def test_a_calculation_gives_what_the_question_promises() -> None:
    (message,) = messages(q("x", label="合计", value={"concat": ["a"]}))
    assert message == "The calculation of “合计”: it gives text where a number is needed."
    assert messages(q("x", label="合计", value={"concat": ["a"]}, options={"result": "text"})) == []
    assert messages(q("x", label="到期", value={"add_days": [var("answers.on"), 5]}, options={"result": "date"})) == []


def test_a_check_is_named_by_its_message() -> None:
    found = problems_of(form(*FORM, rules=(rule("r", "gone", {">": [var("answers.gone"), 1]}, "人数不符"),)))
    assert [one.rule for one in found] == ["r", "r"]
    assert all(one.message.startswith("The check “人数不符”: ") for one in found)


def test_a_check_on_rows_may_name_the_columns_of_its_table() -> None:
    assert messages(rules=(rule("r", "t.amount", {">": [var("row.amount"), 0]}),)) == []
    assert messages(rules=(rule("r", "t", {">": [var("row.amount"), 0]}),)) != []


def test_a_check_must_say_what_holds() -> None:
    (message,) = messages(rules=(rule("r", "n", None, "人数不符"),))
    assert message == "The check “人数不符”: it does not say yet what must hold."
    (message,) = messages(rules=(rule("r", "n", {"+": [1, 2]}, "人数不符"),))
    assert "it gives a number where yes or no is needed" in message


def test_unknown_types_of_questions_do_no_harm() -> None:
    assert problems_of(form(q("x", "hologram"), q("y", show={">": [var("answers.x"), 5]}))) == []


def test_no_message_shows_a_key() -> None:
    gone = "0f8fad5b-d9cb-469f-a165-70867728950e"
    found = messages(
        q("x", show=is_same("answers.n", gone), label="甲"), q("y", show=is_same(f"answers.{gone}", 1), label="乙")
    )
    assert len(found) == 2
    assert not any(gone in message for message in found)
