"""Schemas and answers as hypothesis makes them."""

from typing import Any

from hypothesis import strategies as st

from forms.builder.fields import COLUMN_TYPES
from forms.builder.schema import SEVERITIES, FieldSchema, FormSchema, RuleSchema

keys = st.uuids().map(str)
words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=40)
helps = st.one_of(st.just(""), words)


@st.composite
def options(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """Settings that an editor could have made."""
    found: dict[str, Any] = {}
    if draw(st.booleans()):
        found["sensitive"] = True
    if kind in ("choice", "multiple_choice"):
        labels = draw(st.lists(words, min_size=1, max_size=5, unique=True))
        found["choices"] = [{"code": draw(keys), "label": label} for label in labels]
    if kind == "number" and draw(st.booleans()):
        least = draw(st.integers(-1000, 1000))
        found |= {"unit": "人", "decimals": draw(st.integers(1, 6)), "minimum": least, "maximum": least + 0.5}
    if kind in ("text", "long_text") and draw(st.booleans()):
        found["max_length"] = draw(st.integers(1, 1000))
    if kind == "file":
        found |= draw(st.sampled_from([{}, {"accept": "documents"}, {"accept": "pictures", "max_files": 3}]))
    return found


@st.composite
def simple_fields(draw: st.DrawFn) -> FieldSchema:
    """A question that is no table."""
    kind = draw(st.sampled_from(sorted(COLUMN_TYPES)))
    logic: dict[str, Any] = draw(
        st.sampled_from([{}, {"show": {"===": [{"var": "answers.q"}, "a"]}}, {"require": True}])
    )
    return FieldSchema(
        draw(keys), kind, draw(words), draw(helps), draw(st.booleans()), draw(options(kind)), logic=logic
    )


@st.composite
def tables(draw: st.DrawFn) -> FieldSchema:
    """A table of questions."""
    columns = tuple(draw(st.lists(simple_fields(), min_size=1, max_size=4, unique_by=lambda one: one.key)))
    rows = draw(st.sampled_from([{}, {"min_rows": 1}, {"max_rows": 5}, {"min_rows": 2, "max_rows": 9}]))
    return FieldSchema(draw(keys), "table", draw(words), draw(helps), bool(rows.get("min_rows")), dict(rows), columns)


fields = st.one_of(simple_fields(), tables())
rules = st.builds(
    RuleSchema,
    keys,
    keys,
    st.just({">": [{"var": "answers.a"}, 0]}),
    words,
    st.sampled_from(SEVERITIES),
)
schemas = st.builds(
    FormSchema,
    words,
    helps,
    st.lists(fields, max_size=6, unique_by=lambda one: one.key).map(tuple),
    st.lists(rules, max_size=3, unique_by=lambda one: one.key).map(tuple),
)
