"""Conditions in both languages: what is written is read back, foreign ones are understood or refused in words."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.fields.base import LogicType
from forms.exchange.xlsform.xpath.reader import from_xpath
from forms.exchange.xlsform.xpath.scope import Question, Scope
from forms.exchange.xlsform.xpath.texts import InexpressibleError
from forms.exchange.xlsform.xpath.tokens import LONGEST, XPathError
from forms.exchange.xlsform.xpath.writer import to_xpath, to_xpath_condition

QUESTIONS = (
    Question("name", "name", LogicType.TEXT),
    Question("a", "a", LogicType.NUMBER),
    Question("b", "b", LogicType.NUMBER),
    Question("ok", "ok", LogicType.BOOLEAN),
    Question("kind", "kind", LogicType.CHOICE, codes={"Option 1": "o1"}),
    Question("_1areas", "1areas", LogicType.CHOICES),
    Question("from", "from", LogicType.DATE),
    Question("to", "to", LogicType.DATE),
    Question("t", "t", LogicType.ROWS),
    Question("t.n", "n", LogicType.NUMBER, "t"),
    Question("t.day", "day", LogicType.DATE, "t"),
    Question("photo", "photo", None),
)
SCOPE = Scope(QUESTIONS)
ROW = SCOPE.at(table="t")


def var(path: str) -> dict[str, str]:
    return {"var": path}


A, B, NAME, OK, KIND, AREAS = (var(f"answers.{key}") for key in ("a", "b", "name", "ok", "kind", "1areas"))
FROM, TO, N = var("answers.from"), var("answers.to"), var("row.n")
COLUMN = {"map": [var("answers.t"), var("n")]}

BOTH_WAYS: list[tuple[Any, str]] = [
    (1, "1"),
    (-2.5, "-2.5"),
    ("甲", "'甲'"),
    ("it's", '"it\'s"'),
    (True, "true()"),
    (False, "false()"),
    (A, "${a}"),
    (var("last.a"), "${last-saved#a}"),
    (var("context.today"), "today()"),
    ({"===": [A, 1]}, "${a} = 1"),
    ({"!==": [KIND, "x"]}, "${kind} != 'x'"),
    ({"===": [OK, True]}, "${ok} = 'yes'"),
    ({"!==": [OK, False]}, "${ok} != 'no'"),
    ({"===": [OK, "na"]}, "${ok} = 'na'"),
    ({"blank": [NAME]}, "${name} = ''"),
    ({"!": [{"===": [A, 1]}]}, "not(${a} = 1)"),
    ({"<": [A, B]}, "${a} < ${b}"),
    ({"<=": [A, 10]}, "${a} <= 10"),
    ({">": [{"+": [A, B]}, 0]}, "${a} + ${b} > 0"),
    ({">=": [{"*": [{"+": [A, B]}, 2]}, 0]}, "(${a} + ${b}) * 2 >= 0"),
    ({"and": [{">": [A, 0]}, {"<": [A, 5]}, {"===": [B, 1]}]}, "${a} > 0 and ${a} < 5 and ${b} = 1"),
    (
        {"or": [{"and": [{">": [A, 0]}, {"<": [B, 0]}]}, {"===": [KIND, "x"]}]},
        "${a} > 0 and ${b} < 0 or ${kind} = 'x'",
    ),
    (
        {"and": [{"or": [{">": [A, 0]}, {"<": [B, 0]}]}, {"===": [KIND, "x"]}]},
        "(${a} > 0 or ${b} < 0) and ${kind} = 'x'",
    ),
    ({"contains": [AREAS, "fire"]}, "selected(${_1areas}, 'fire')"),
    ({"contains": [NAME, "站"]}, "contains(${name}, '站')"),
    ({"count": [AREAS]}, "count-selected(${_1areas})"),
    ({"-": [A, {"-": [B, 1]}]}, "${a} - (${b} - 1)"),
    ({"-": [{"-": [A, B]}, 1]}, "${a} - ${b} - 1"),
    ({"-": [A]}, "-${a}"),
    ({"/": [A, B]}, "${a} div ${b}"),
    ({"%": [A, 2]}, "${a} mod 2"),
    ({"round": [{"/": [A, B]}, 1]}, "round(${a} div ${b}, 1)"),
    ({"min": [A, B]}, "min(${a}, ${b})"),
    ({"concat": [NAME, "：", A]}, "concat(${name}, '：', ${a})"),
    ({"length": [NAME]}, "string-length(${name})"),
    ({"if": [{">": [A, 0]}, "多", "少"]}, "if(${a} > 0, '多', '少')"),
    (
        {"if": [{">": [A, 9]}, "多", {">": [A, 5]}, "中", None]},
        "if(${a} > 9, '多', if(${a} > 5, '中', ''))",
    ),
    ({"if": [{"blank": [A]}, 0, A]}, "coalesce(${a}, 0)"),
    ({"sum": [COLUMN]}, "sum(${t.n})"),
    ({"least": [COLUMN]}, "min(${t.n})"),
    ({"greatest": [COLUMN]}, "max(${t.n})"),
    ({"count": [COLUMN]}, "count-non-empty(${t.n})"),
    ({"count": [var("answers.t")]}, "count(${t})"),
    ({"days_between": [FROM, TO]}, "decimal-date-time(${to}) - decimal-date-time(${from})"),
    ({"add_days": [FROM, 30]}, "format-date(date(decimal-date-time(${from}) + 30), '%Y-%m-%d')"),
    ({"year_of": [FROM]}, "number(format-date(${from}, '%Y'))"),
    ({"month_of": [FROM]}, "number(format-date(${from}, '%n'))"),
    ({"<=": [FROM, var("context.today")]}, "${from} <= today()"),
    ({">=": [FROM, "2020-01-01"]}, "${from} >= date('2020-01-01')"),
]


@pytest.mark.parametrize(("logic", "xpath"), BOTH_WAYS, ids=lambda value: str(value)[:50])
def test_what_is_written_is_read_back(logic: Any, xpath: str) -> None:
    assert to_xpath(logic, SCOPE) == xpath
    assert from_xpath(xpath, SCOPE) == logic


@pytest.mark.parametrize(
    ("logic", "xpath"),
    [
        ({">": [N, 1]}, "${t.n} > 1"),
        ({"<=": [N, A]}, "${t.n} <= ${a}"),
        ({"<=": [var("row.day"), TO]}, "${t.day} <= ${to}"),
    ],
)
def test_a_row_sees_its_own_cells_and_the_questions_outside(logic: Any, xpath: str) -> None:
    assert to_xpath(logic, ROW) == xpath
    assert from_xpath(xpath, ROW) == logic


def test_a_dot_is_the_answer_to_the_question_itself() -> None:
    own = SCOPE.at(own=QUESTIONS[1])
    assert to_xpath({"<=": [A, B]}, own) == ". <= ${b}"
    assert from_xpath(". <= ${b}", own) == {"<=": [A, B]}
    in_row = SCOPE.at(table="t", own=QUESTIONS[9])
    assert from_xpath(". > 0", in_row) == {">": [N, 0]}


@pytest.mark.parametrize(
    ("logic", "xpath"),
    [
        ({"==": [A, 1]}, "${a} = 1"),
        ({"===": [NAME, None]}, "${name} = ''"),
        ({"!==": [NAME, None]}, "not(${name} = '')"),
        ({"<=": [0, A, 5]}, "0 <= ${a} and ${a} <= 5"),
        ({"in": [KIND, ["x", "y"]]}, "${kind} = 'x' or ${kind} = 'y'"),
        ({"in": ["fire", AREAS]}, "selected(${_1areas}, 'fire')"),
        ({"sum": [A, B]}, "coalesce(${a}, 0) + coalesce(${b}, 0)"),
        ({"average": [COLUMN]}, "sum(${t.n}) div count-non-empty(${t.n})"),
        ({"blank": [var("answers.t")]}, "count(${t}) = 0"),
        ({"and": [OK, {"!": [OK]}]}, "${ok} = 'yes' and not(${ok} = 'yes')"),
        ("a'b\"c", "concat('a', \"'\", 'b\"c')"),
        ({"concat": [0.1]}, "concat(0.1)"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_more_is_written_in_the_words_of_the_standard(logic: Any, xpath: str) -> None:
    assert to_xpath_condition(logic, SCOPE) == xpath


@pytest.mark.parametrize(
    "logic",
    [
        None,
        [],
        {},
        {"var": "answers.nothing"},
        {"var": "answers.photo"},
        {"var": "row.n"},
        {"var": "context.unit"},
        {"var": ["answers.a", 1]},
        {"some": [var("answers.t"), {">": [var("n"), 1]}]},
        {"add_months": [FROM, 1]},
        {"===": [AREAS, "x"]},
        {"===": [A, True]},
        {"sum": [{"map": [var("answers.t"), {"+": [var("n"), 1]}]}]},
        {"round": []},
        {"and": []},
        {"===": [A]},
        {"and": [A, B]},
        {"concat": ["${a}"]},
        {"a": [1], "b": [2]},
    ],
    ids=str,
)
def test_what_xpath_cannot_say_is_not_written_at_all(logic: Any) -> None:
    with pytest.raises(InexpressibleError):
        to_xpath_condition(logic, SCOPE)


def test_a_row_does_not_sum_up_its_own_table() -> None:
    with pytest.raises(InexpressibleError):
        to_xpath({"sum": [COLUMN]}, ROW)


@pytest.mark.parametrize(
    ("xpath", "logic"),
    [
        ("  ${a}=1  ", {"===": [A, 1]}),
        ("1 = ${a}", {"===": [1, A]}),
        ("'x' = ${kind}", {"===": [KIND, "x"]}),
        ("18 < ${ a }", {"<": [18, A]}),
        ("${kind} = 'Option 1'", {"===": [KIND, "o1"]}),
        ("selected(${kind}, 'Option 1')", {"===": [KIND, "o1"]}),
        ("selected(${ok}, 'yes')", {"===": [OK, True]}),
        ("${name} != ''", {"!": [{"blank": [NAME]}]}),
        ("${_1areas} = 'fire'", {"and": [{"contains": [AREAS, "fire"]}, {"===": [{"count": [AREAS]}, 1]}]}),
        ("${to} - ${from}", {"days_between": [FROM, TO]}),
        ("${from} + 7", {"add_days": [FROM, 7]}),
        ("today() - 7", {"add_days": [var("context.today"), {"-": [7]}]}),
        ("date('2020-02-03')", "2020-02-03"),
        ("count(${t.n})", {"count": [var("answers.t")]}),
        ("number(${a})", A),
        ("string(${a})", {"concat": [A]}),
        ("1.50", 1.5),
        (".5", 0.5),
        ("1 + 2 + 3", {"+": [1, 2, 3]}),
        ("1 - -1", {"-": [1, -1]}),
        ("true() and not(false())", {"and": [True, {"!": [False]}]}),
    ],
)
def test_foreign_expressions_are_understood(xpath: str, logic: Any) -> None:
    assert from_xpath(xpath, SCOPE) == logic


@pytest.mark.parametrize(
    ("xpath", "word"),
    [
        ("", ""),
        ("${a} =", ""),
        ("${a} = 1)", "9"),
        ("(${a} = 1", ""),
        ("${a} ! 1", "6"),
        ("${unknown} = 1", "unknown"),
        ("${photo} = 1", "photo"),
        ("${t.n} = 1", "t.n"),
        ("${last-saved#t.n} = 1", "t.n"),
        (". > 1", ""),
        ("../a = 1", ".."),
        ("/data/a = 1", "/"),
        ("${t}[1]", "["),
        ("uuid()", "uuid"),
        ("regex(., 'x')", "regex"),
        ("pulldata('x', 'a', 'b', ${a})", "pulldata"),
        ("jr:choice-name(${kind}, '${kind}')", "jr:choice-name"),
        ("position(..)", ""),
        ("if(${a})", "if"),
        ("not()", "not"),
        ("sum(${a})", "sum"),
        ("sum(1)", "sum"),
        ("count(${a})", "count"),
        ("number(${name})", ""),
        ("date(${a})", "date"),
        ("format-date(${a}, '%Y')", "format-date"),
        ("format-date(${from}, '%b')", "format-date"),
        ("${from} * 2", ""),
        ("${from} + ${to}", ""),
        ("7 - ${from}", ""),
        ("${_1areas} < 'x'", ""),
        ("and", "and"),
        ("concat()", "concat"),
        ("(" * 100 + "1" + ")" * 100, ""),
        ("1 + " * LONGEST + "1", ""),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_read_is_said_in_words_with_its_place(xpath: str, word: str) -> None:
    with pytest.raises(XPathError) as caught:
        from_xpath(xpath, SCOPE)
    assert word in str(caught.value)
    assert str(caught.value).endswith(("。", "."))


numbers = st.one_of(st.sampled_from([A, B]), st.integers(-99, 99), st.floats(-99, 99, width=16).map(lambda x: x + 0.0))
sums = st.recursive(
    numbers, lambda part: st.builds(lambda sign, one, two: {sign: [one, two]}, st.sampled_from("-/%"), part, part)
)
comparisons = st.builds(lambda sign, one, two: {sign: [one, two]}, st.sampled_from(["<", ">=", "==="]), sums, sums)


def flat(sign: str, parts: list[Any]) -> Any:
    """Chains of the same word have no brackets to tell them by."""
    found: list[Any] = []
    for part in parts:
        found += part[sign] if isinstance(part, dict) and sign in part else [part]
    return {sign: found}


conditions = st.recursive(
    comparisons,
    lambda part: st.one_of(
        st.builds(flat, st.sampled_from(["and", "or"]), st.lists(part, min_size=2, max_size=3)),
        part.map(lambda one: {"!": [one]}),
    ),
    max_leaves=8,
)


@given(conditions)
def test_conditions_of_any_shape_come_back_as_they_were(logic: Any) -> None:
    assert from_xpath(to_xpath(logic, SCOPE), SCOPE) == logic


@given(st.text(max_size=60))
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    with suppress(XPathError):
        from_xpath(text, SCOPE)
