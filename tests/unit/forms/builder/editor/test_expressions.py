"""What was set by clicking opens again as it was set; what cannot be shown is left alone."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.forms.builder.editor.scripts import run

A, B, ROW, LAST = ({"var": f"{name}"} for name in ("answers.a", "answers.b", "row.c", "last.a"))
TODAY = {"var": "context.today"}
TABLE = {"var": "answers.t"}
COLUMN = {"map": [TABLE, {"var": "c"}]}
WHERE = {"filter": [TABLE, {"===": [{"var": "d"}, "code"]}]}

CONDITIONS = [
    {"===": [A, "code"]},
    {"!==": [A, True]},
    {"<": [A, {"add_days": [TODAY, -30]}]},
    {">=": [A, LAST]},
    {"<=": [ROW, TODAY]},
    {"blank": [A]},
    {"!": [{"blank": [A]}]},
    {"in": ["词", A]},
    {"!": [{"in": ["词", A]}]},
    {"contains": [A, "code"]},
    {"!": [{"contains": [A, "code"]}]},
    {"in": [A, ["one", "two"]]},
    {"!": [{"in": [A, ["one", "two"]]}]},
    {"===": [{"sum": [COLUMN]}, B]},
    {">": [{"count": [WHERE]}, 3]},
    {"===": [A, {"sum": [B, LAST]}]},
    {"and": [{"===": [A, 1]}, {"or": [{"blank": [B]}, {">": [B, 2.5]}]}]},
]
FORMULAS = {
    "chain": {"*": [{"+": [A, B]}, 3]},
    "total": {"sum": [A, B, LAST]},
    "column": {"average": [{"map": [WHERE, {"var": "c"}]}]},
    "percent": {"*": [{"/": [A, B]}, 100]},
    "last": {"-": [A, LAST]},
    "between": {"days_between": [A, TODAY]},
    "shift": {"add_months": [A, 3]},
    "if": {"if": [{">": [A, 10]}, "多", {">": [A, 5]}, "中", "少"]},
    "text": {"concat": ["第", A, "期"]},
    "take": LAST,
}
ADVANCED = [
    {"some": [TABLE, {"var": "c"}]},
    {"and": [{"or": [{"and": [{"blank": [A]}, {"blank": [B]}]}, {"blank": [A]}]}, {"blank": [A]}]},
    {"===": [{"year_of": [A]}, 2026]},
    {"<": [1, A, 5]},
    {"===": [A, None]},
    True,
    "text",
    {},
    {"and": []},
    {"and": [A], "or": [B]},
]


def test_a_condition_opens_again_as_it_was_set() -> None:
    found = run([("condition", rule) for rule in CONDITIONS])
    assert [one and one["rule"] for one in found] == CONDITIONS


def test_a_calculation_opens_again_in_its_pattern() -> None:
    found = run([("formula", rule) for rule in FORMULAS.values()])
    assert [(one["pattern"], one["rule"]) for one in found] == list(FORMULAS.items())


def test_so_many_days_from_today_is_a_date_moved() -> None:
    rule = {"add_days": [TODAY, 7]}
    assert run([("formula", rule)]) == [{"pattern": "shift", "rule": rule}]


def test_what_cannot_be_shown_by_clicking_is_not_read_as_something_else() -> None:
    assert run([("condition", rule) for rule in ADVANCED]) == [None] * len(ADVANCED)
    assert run([("formula", rule) for rule in ({"reduce": [TABLE, A, 0]}, {"%": [A, 2]}, {"if": [A]}, 7)]) == [None] * 4


def test_other_ways_to_write_the_same_are_read() -> None:
    written = [{"!": {"blank": A}}, {"blank": A}, {"===": [A, "x"]}, {"and": [{"===": [A, "x"]}]}]
    found = [one["rule"] for one in run([("condition", rule) for rule in written])]
    assert found == [{"!": [{"blank": [A]}]}, {"blank": [A]}, {"===": [A, "x"]}, {"===": [A, "x"]}]


keys = st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True)
variables = st.builds(lambda scope, key: {"var": f"{scope}.{key}"}, st.sampled_from(["answers", "row", "last"]), keys)
constants = st.one_of(st.text(max_size=8), st.integers(-(10**9), 10**9), st.booleans())
comparisons = st.one_of(
    st.builds(
        lambda name, one, other: {name: [one, other]},
        st.sampled_from(["===", "!==", "<", "<=", ">", ">="]),
        variables,
        st.one_of(constants, variables, st.just(TODAY)),
    ),
    st.builds(lambda one: {"blank": [one]}, variables),
    st.builds(
        lambda one, codes: {"in": [one, codes]}, variables, st.lists(st.text(max_size=4), min_size=1, max_size=3)
    ),
)
rows = st.one_of(comparisons, st.builds(lambda one: {"!": [one]}, comparisons.filter(lambda one: "blank" in one)))


def joined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(
        lambda name, parts: {name: parts}, st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=4)
    )


conditions = st.one_of(rows, joined(rows), joined(st.one_of(rows, joined(rows))))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(conditions, min_size=1, max_size=30))
def test_every_condition_that_can_be_set_opens_again(rules: list[Any]) -> None:
    assert [one and one["rule"] for one in run([("condition", rule) for rule in rules])] == rules
