"""What holds for every type whose answer is typed: nothing breaks it, and a valid answer comes back from anywhere."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.builder.fields import FIELD_TYPES, Sources, type_of
from forms.builder.schema import FieldSchema
from forms.builder.versions.widening import carried_answer, widened
from tests.unit.forms.builder.fields.answers import VALID

TYPED = [name for name in VALID if name not in ("yes_no", "rating", "matrix")]
NASTY = [
    "\0", "\0" * 50, "😀 检查", "\u202e文fdp.exe", "\ud83d", "a\ud83d", "\u200b", "e\u0301", "∞", "½", "²", "٣",
    "－５", "1e400", "NaN", "Infinity", "0x10", "1_000", "--5", ".", "-", "+", ",", "%", "％", "１，２３４．５", "一百",
    "2026-02-30", "2026-02-30T25:61", "9999999999-99-99", "0000-00-00", "00:00:00.0", "T", "年月日", "转123", "@", "a@",
    "@b.cn", "://", "http://[", "https://％", "javascript:alert(1)", "DROP TABLE", "{{ x }}", "<script>", "' OR 1=1",
    "%s %(typed)s", "{0}", "1" * 5000,
]  # fmt: skip
STRANGE: list[Any] = [None, True, 5, -1.5, float("nan"), float("inf"), 10**400, [], {}, [1], {"k": "v"}, b"x", "typed"]


def put(schema: FieldSchema, typed: Any) -> tuple[bool, Any]:
    """Whether it was accepted, and the answer; nothing but a refusal in words may come instead."""
    try:
        return True, type_of(schema).form_field(schema, Sources()).clean(typed)
    except ValidationError:
        return False, type_of(schema).kept(schema, typed)


def check(schema: FieldSchema, typed: str) -> None:
    """Put a text in, and look at what is left of it from all sides."""
    kind = type_of(schema)
    accepted, answer = put(schema, typed)
    assert json.loads(json.dumps(answer)) == answer
    json.dumps(answer, ensure_ascii=False).encode("utf-8")
    assert "\0" not in json.dumps(answer, ensure_ascii=False)
    if accepted:
        assert put(schema, kind.initial(schema, answer)) == (True, answer)
    else:
        assert put(schema, kind.initial(schema, answer)) in ((False, answer), (True, None))
        assert kind.logic_value(schema, answer) is None or schema.type in ("text", "long_text")
    kind.form_field(schema, Sources()).widget.render("q", kind.initial(schema, answer))
    for read in (kind.in_words, kind.cell, kind.code_cell, kind.display, kind.searchable):
        read(schema, answer)


@pytest.mark.parametrize("name", TYPED)
def test_no_nasty_text_breaks_a_question(name: str) -> None:
    for typed in NASTY:
        check(VALID[name][0], typed)


@pytest.mark.parametrize("name", TYPED)
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(typed=st.text(max_size=60) | st.text("0123456789０１９-−/.:年月日时点分T,% +()@xX转", max_size=25))
def test_no_text_at_all_breaks_a_question(name: str, typed: str) -> None:
    check(VALID[name][0], typed)


@pytest.mark.parametrize("name", TYPED)
def test_a_megabyte_is_refused_or_nothing(name: str) -> None:
    for letter in ("9", "字", " ", "\u202e", "-"):
        accepted, answer = put(VALID[name][0], letter * 1_000_000)
        assert (accepted, answer) == (True, None) or not accepted


@pytest.mark.parametrize("name", VALID)
@pytest.mark.parametrize("strange", STRANGE, ids=lambda strange: type(strange).__name__)
def test_no_strange_answer_stops_the_reading(name: str, strange: Any) -> None:
    schema = VALID[name][0]
    kind = type_of(schema)
    for read in (
        kind.in_words,
        kind.cell,
        kind.code_cell,
        kind.display,
        kind.searchable,
        kind.logic_value,
        kind.initial,
    ):
        read(schema, strange)
    put(schema, strange)


@pytest.mark.parametrize("name", VALID)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_valid_answer_comes_back_from_the_form_from_words_and_from_a_workbook(name: str, data: st.DataObject) -> None:
    schema, answers = VALID[name]
    kind, answer = type_of(schema), data.draw(answers)
    assert json.loads(json.dumps(answer)) == answer
    kind.validate(schema, answer, Sources())
    assert put(schema, kind.initial(schema, answer)) == (True, answer)
    with translation.override("zh-hans"):
        assert kind.decode(schema, kind.in_words(schema, answer), Sources()) == answer
    assert kind.decode(schema, kind.cell(schema, answer), Sources()) == answer
    assert kind.decode(schema, kind.code_cell(schema, answer), Sources()) == answer
    assert kind.logic_type is None or kind.logic_value(schema, answer) is not None


@pytest.mark.parametrize("name", VALID)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_what_a_type_widens_to_takes_every_answer_of_it(name: str, data: st.DataObject) -> None:
    schema, answers = VALID[name]
    answer = data.draw(answers)
    for wider in type_of(schema).widens_to:
        target = widened(schema, FIELD_TYPES[wider])
        carried = carried_answer(answer, schema, target)
        type_of(target).validate(target, carried, Sources())
        assert type_of(target).in_words(target, carried)
