"""Schemas and answers as hypothesis makes them."""

import datetime
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from forms.builder.fields import COLUMN_TYPES, FIELD_TYPES, FieldType
from forms.builder.fields.patterns import PATTERNS
from forms.builder.fields.system import SystemSource
from forms.builder.schema import SEVERITIES, FieldSchema, FormSchema, RuleSchema

keys = st.uuids().map(str)
words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=40)
helps = st.one_of(st.just(""), words)


def some(**settings: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of these settings, in the order in which the editor's blocks give them."""
    drawn = st.fixed_dictionaries({}, optional=settings)
    return drawn.map(lambda found: {name: found[name] for name in settings if name in found})


lines = st.lists(words, min_size=1, max_size=5, unique=True).flatmap(
    lambda labels: st.tuples(*[st.builds(dict, code=keys, label=st.just(label)) for label in labels]).map(list)
)
days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)).map(datetime.date.isoformat)
bounds = st.integers(-1000, 1000).map(lambda least: {"minimum": least, "maximum": least + 0.5})
bounded_days = some(earliest=st.just("today") | days, latest=st.just("today"))
OPTIONS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "text": some(pattern=st.sampled_from(sorted(PATTERNS)), max_length=st.integers(1, 1000)),
    "long_text": some(max_length=st.integers(1, 1000), rows=st.integers(2, 30)),
    "integer": st.just({}) | bounds,
    "number": st.just({})
    | st.tuples(st.integers(1, 6), bounds).map(lambda both: {"unit": "人", "decimals": both[0], **both[1]}),
    "money": st.sampled_from([{}, {"unit": "ten_thousand_yuan", "minimum": 0}]),
    "percentage": some(decimals=st.integers(0, 6), minimum=st.just(-100), maximum=st.integers(1, 1000)),
    "calculated": st.sampled_from(
        [{"result": "number", "unit": "人", "decimals": 0}, {"result": "text"}, {"result": "date"}]
    ),
    "date": bounded_days,
    "datetime": bounded_days,
    "year_month": bounded_days,
    "choice": st.builds(dict, choices=lines),
    "multiple_choice": st.builds(dict, choices=lines),
    "yes_no": st.sampled_from([{}, {"na": True}]),
    "rating": some(low_label=words.filter(lambda word: len(word) <= 30), most=st.sampled_from([2, 3, 4, 6, 10])),
    "matrix": st.builds(dict, statements=lines, choices=lines),
    "phone": st.sampled_from([{}, {"kind": "mobile"}, {"kind": "landline"}]),
    "id_number": st.just({"sensitive": True}),
    "system": st.builds(
        lambda source, more: {"source": source, **more},
        st.sampled_from([source.value for source in SystemSource]),
        st.sampled_from([{}, {"shown": True}]),
    ),
    "file": st.sampled_from([{}, {"accept": "documents"}, {"accept": "pictures", "max_files": 3}]),
    "rich_note": st.sampled_from(
        [{"html": "<p>请<b>逐项</b>填写。</p>"}, {"html": '<p><a href="https://a.cn/">办法</a></p>'}]
    ),
}
"""Settings that an editor could have made, by type; types without are not listed."""

LOGIC = {
    "show": {"===": [{"var": "answers.q"}, "a"]},
    "require": True,
    "enable": {"blank": [{"var": "answers.q"}]},
    "value": {"+": [1, {"var": "answers.n"}]},
}


@st.composite
def simple_fields(draw: st.DrawFn, kinds: Mapping[str, FieldType] = COLUMN_TYPES) -> FieldSchema:
    """A question of one of these types, none of them a table."""
    kind = kinds[draw(st.sampled_from(sorted(kinds)))]
    settings = kind.shared_blocks()
    options = draw(OPTIONS.get(kind.name, st.just({})))
    if "sensitive" in settings and draw(st.booleans()):
        options = {"sensitive": True, **options}
    slots = draw(st.sets(st.sampled_from(sorted(kind.logic_slots))))
    return FieldSchema(
        draw(keys),
        kind.name,
        draw(words),
        draw(helps) if "help_text" in settings else "",
        "required" in settings and draw(st.booleans()),
        options,
        logic={slot: LOGIC[slot] for slot in slots},
    )


@st.composite
def tables(draw: st.DrawFn) -> FieldSchema:
    """A table of questions."""
    columns = tuple(draw(st.lists(simple_fields(), min_size=1, max_size=4, unique_by=lambda one: one.key)))
    rows = draw(st.sampled_from([{}, {"min_rows": 1}, {"max_rows": 5}, {"min_rows": 2, "max_rows": 9}]))
    return FieldSchema(draw(keys), "table", draw(words), draw(helps), bool(rows.get("min_rows")), dict(rows), columns)


NO_TABLES = {name: kind for name, kind in FIELD_TYPES.items() if name != "table"}
fields = st.one_of(simple_fields(NO_TABLES), tables())
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
