"""Changes are told in words that an editor would use."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.schema import FormSchema
from forms.builder.versions.comparing import Aspect, Change, compare
from forms.builder.versions.wording import (
    LONGEST,
    change_in_words,
    changes_of,
    cut,
    in_one_line,
    quoted,
    setting_name,
    told,
    type_name,
)
from tests.factories.builder import form_of, question, table_of
from tests.unit.forms.builder.strategies import schemas


@given(schemas, schemas)
def test_every_difference_has_words_and_none_shows_a_key(old: FormSchema, new: FormSchema) -> None:
    comparison = compare(old, new)
    assert bool(in_one_line(comparison)) == comparison.differs
    keys = {one.key for schema in (old, new) for field in schema for one in (field, *field.columns)}
    for line in (*comparison.questions, *comparison.checks):
        words = " ".join([*changes_of(line), *told(line)])
        assert bool(words) >= bool(line.changes)
        assert not any(key in words for key in keys)


@given(st.text(max_size=200), st.text(max_size=200))
def test_cut_texts_still_end_as_they_did(old: str, new: str) -> None:
    one, other = cut(old, new)
    assert old.endswith(one.removeprefix("…"))
    assert new.endswith(other.removeprefix("…"))


def test_a_change_at_the_end_of_a_long_text_is_seen() -> None:
    start = "请在检查结束后填报，" * 12
    old, new = cut(start + "一份。", start + "两份。")
    assert old.endswith("一份。")
    assert len(quoted(new)) <= LONGEST


@pytest.mark.parametrize("text", ["", "  ", None])
def test_nothing_is_a_dash(text: str | None) -> None:
    assert quoted(text) == "—"


def test_settings_and_types_are_named_as_the_editor_shows_them() -> None:
    with translation.override("en"):
        assert type_name("choice") == "Single choice"
        assert setting_name("number", "unit") == "Unit of measure"
        assert change_in_words(Change(Aspect.OPTION, 1, 3, "max_rows"), "table") == "At most how many rows: 1 → 3"
        assert change_in_words(Change(Aspect.TYPE, "text", "long_text")) == "Question type: Short text → Long text"


def test_a_column_is_told_with_its_name() -> None:
    old, new = form_of(table_of(question("text", "c", "地点"))), form_of(table_of(question("text", "d", "责任人")))
    (line,) = compare(old, new).questions
    words = list(told(line))
    assert len(words) == 2
    assert any("责任人" in one for one in words)
