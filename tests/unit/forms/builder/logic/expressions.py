"""Expressions and data as hypothesis makes them: of every operator, of the right kinds, with blanks anywhere."""

import datetime
from typing import Any

from hypothesis import strategies as st

Rule = Any

numbers = st.one_of(
    st.integers(-1000, 1000),
    st.decimals(-10_000, 10_000, places=2).map(float),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0, -0.0, 0.1, 0.2, 0.3, 1.005, 1e15, 1e-7, 999_999_999_999_999, 100_000_000_000_000.5]),
)
texts = st.one_of(
    st.sampled_from(["", "a", "甲", "😀", "\ue000", "～", "2026-02-30", "1"]),
    st.text(st.characters(codec="utf-8"), max_size=6),
)
days = st.one_of(
    st.dates().map(datetime.date.isoformat),
    st.sampled_from(["2024-02-29", "2026-01-31", "2026-12-31", "2026-02-30", "9999-12-31", "0001-01-01"]),
)
months = st.sampled_from(["2026-01", "2025-12", "0001-01", "2026-13"])
codes = st.sampled_from(["x", "y", "z"])


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Such a value, or a blank."""
    return st.one_of(values, st.none())


rows = st.lists(
    st.fixed_dictionaries({"n": maybe(numbers), "k": maybe(codes)}, optional={"d": maybe(days)}), max_size=4
)
data = st.fixed_dictionaries(
    {
        "answers": st.fixed_dictionaries(
            {
                "n": maybe(numbers),
                "m": maybe(numbers),
                "s": maybe(texts),
                "d": maybe(days),
                "b": maybe(st.booleans()),
                "c": maybe(codes),
                "cs": maybe(st.lists(codes, max_size=3)),
                "t": rows,
            }
        ),
        "row": st.fixed_dictionaries({"n": maybe(numbers)}),
        "last": st.fixed_dictionaries({"n": maybe(numbers)}),
        "context": st.just({"today": "2026-03-01", "unit": "12"}),
    }
)


def var(*paths: str) -> st.SearchStrategy[Rule]:
    """The value at one of the paths."""
    return st.sampled_from(paths).map(lambda path: {"var": path})


def call(names: list[str], *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Rule]:
    """One of the operators with these parts."""
    return st.tuples(st.sampled_from(names), *parts).map(lambda found: {found[0]: list(found[1:])})


def calls(names: list[str], part: st.SearchStrategy[Any], least: int, most: int) -> st.SearchStrategy[Rule]:
    """One of the operators with so many parts."""
    many = st.lists(part, min_size=least, max_size=most)
    return st.tuples(st.sampled_from(names), many).map(lambda found: {found[0]: found[1]})


number_rules: st.SearchStrategy[Rule] = st.deferred(
    lambda: st.one_of(
        maybe(numbers),
        var("answers.n", "answers.m", "row.n", "last.n", "answers.gone"),
        calls(["+", "*", "min", "max"], number_rules, 1, 4),
        calls(["-"], number_rules, 1, 2),
        call(["/", "%"], number_rules, number_rules),
        call(["round"], number_rules, st.integers(-3, 6)),
        calls(["sum", "average", "least", "greatest", "count"], st.one_of(number_rules, number_lists), 1, 3),
        call(["length"], st.one_of(text_rules, number_lists)),
        call(["days_between"], day_rules, day_rules),
        call(["year_of", "month_of"], st.one_of(day_rules, months)),
        call(["if"], condition_rules, number_rules, number_rules),
        call(["reduce"], number_lists, st.just({"+": [{"var": "accumulator"}, {"var": "current"}]}), number_rules),
    )
)
number_lists: st.SearchStrategy[Rule] = st.deferred(
    lambda: st.one_of(
        st.lists(number_rules, max_size=4),
        call(["map"], row_lists, st.one_of(var("n"), call(["*", "+"], var("n"), number_rules))),
        call(["filter"], number_lists, call(["<", ">="], st.just({"var": ""}), number_rules)),
    )
)
row_lists: st.SearchStrategy[Rule] = st.deferred(
    lambda: st.one_of(
        var("answers.t"),
        call(["filter"], row_lists, call(["===", "!=="], st.one_of(var("k"), var("answers.c")), maybe(codes))),
    )
)
text_rules: st.SearchStrategy[Rule] = st.deferred(
    lambda: st.one_of(
        maybe(texts), var("answers.s"), calls(["concat", "cat"], st.one_of(text_rules, number_rules, day_rules), 1, 3)
    )
)
day_rules: st.SearchStrategy[Rule] = st.deferred(
    lambda: st.one_of(
        maybe(days),
        var("answers.d", "context.today"),
        call(["add_days", "add_months"], day_rules, st.one_of(st.integers(-800, 800), number_rules)),
        call(["least", "greatest"], day_rules, day_rules),
    )
)
condition_rules: st.SearchStrategy[Rule] = st.deferred(
    lambda: st.one_of(
        maybe(st.booleans()),
        var("answers.b"),
        call(["<", "<=", ">", ">=", "===", "!=="], number_rules, number_rules),
        call(["<", "<=", ">", ">=", "==", "!="], text_rules, text_rules),
        call(["<", "<=", ">", ">=", "==", "!="], day_rules, day_rules),
        call(["<", "<="], number_rules, number_rules, number_rules),
        calls(["and", "or"], condition_rules, 1, 3),
        call(["!", "!!", "blank"], st.one_of(condition_rules, number_rules, text_rules)),
        call(["in"], var("answers.c"), st.lists(codes, max_size=3)),
        call(["contains"], var("answers.cs"), codes),
        call(["in"], text_rules, text_rules),
        call(["all", "some", "none"], row_lists, call(["<", "===", ">="], var("n"), number_rules)),
    )
)
rules = st.one_of(number_rules, text_rules, day_rules, condition_rules, number_lists)
