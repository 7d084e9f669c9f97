"""What the server answers by itself."""

import datetime
from typing import Any

import pytest
from django.utils import translation

from forms.builder.fields import FIELD_TYPES, Sources, type_of
from forms.builder.fields.base import LogicType
from forms.builder.rendering import build_form
from tests.factories.builder import form_of, posted, question

COMPUTED = [name for name, one in FIELD_TYPES.items() if one.is_computed]


def calculated(**options: Any) -> Any:
    return question("calculated", options=options)


@pytest.mark.parametrize(
    ("schema", "answer", "words", "cell"),
    [
        (calculated(result="number", unit="人"), 1234.5, "1,234.5 人", 1234.5),
        (calculated(result="number", decimals=0), 2.5, "3", 3),
        (calculated(result="number", decimals=2), 1 / 3, "0.33", 0.33),
        (calculated(result="number"), 0.3, "0.3", 0.3),
        (calculated(result="number", decimals=2), -2.675, "-2.68", -2.68),
        (calculated(result="date"), "2026-02-03", "2026年2月3日", datetime.date(2026, 2, 3)),
        (calculated(result="text"), "甲级", "甲级", "甲级"),
        (calculated(result="number"), None, "", None),
        (question("system", options={"source": "sent_on"}), "2026-02-03", "2026年2月3日", datetime.date(2026, 2, 3)),
        (question("system", options={"source": "unit"}), "市救助管理站", "市救助管理站", "市救助管理站"),
    ],
)
def test_computed_answers_are_read_in_words_and_stay_numbers_and_days_in_workbooks(
    schema: Any, answer: Any, words: str, cell: Any
) -> None:
    with translation.override("zh-hans"):
        assert type_of(schema).in_words(schema, answer) == words
        assert type_of(schema).cell(schema, answer) == cell


@pytest.mark.parametrize(
    ("result", "logic_type"),
    [("number", LogicType.NUMBER), ("text", LogicType.TEXT), ("date", LogicType.DATE), ("hologram", LogicType.NUMBER)],
)
def test_expressions_see_what_comes_out(result: str, logic_type: LogicType) -> None:
    schema = calculated(result=result)
    assert type_of(schema).logic_type_of(schema) == logic_type


@pytest.mark.parametrize("kind", COMPUTED)
def test_what_a_browser_sends_for_a_computed_answer_is_not_read(kind: str) -> None:
    schema = form_of(question(kind, "k", options={"shown": True}), question("text", "t"))
    built = build_form(schema, data=posted(k="forged", t="x"))
    assert built.is_valid()
    assert "forged" not in repr(built.answers())
    assert "forged" not in repr(built.draft_answers())


@pytest.mark.parametrize("kind", COMPUTED)
def test_nobody_can_be_made_to_answer_a_computed_question(kind: str) -> None:
    assert "required" not in FIELD_TYPES[kind].block().child_blocks
    schema = question(kind, required=True)
    type_of(schema).validate(schema, None, Sources())
    assert type_of(schema).decode(schema, "typed", Sources()) is None
    assert type_of(schema).kept(schema, "typed") is None


def test_a_calculation_must_be_given() -> None:
    kind = FIELD_TYPES["calculated"]
    assert "logic" in kind.check({"label": "合计"})
    assert "logic" in kind.check({"label": "合计", "logic": {"show": True}})
    assert kind.check({"label": "合计", "logic": {"value": 0}}) == {}


def test_how_an_answer_is_calculated_stands_before_the_editor_and_conditions_behind_the_cogwheel() -> None:
    layout = FIELD_TYPES["calculated"].block().get_form_layout()
    assert list(layout.children)[:2] == ["label", "logic"]
    assert "logic" in FIELD_TYPES["text"].block().get_form_layout().settings


def test_only_what_the_editor_wants_seen_of_the_portals_knowledge_is_drawn() -> None:
    schema = form_of(
        question("system", "a", "填报单位", options={"shown": True}),
        question("system", "b", "报送日期", options={"source": "sent_on"}),
    )
    form = build_form(schema)
    text = form.helper.render_layout(form, {})
    assert "填报单位" in text
    assert "报送日期" not in text
