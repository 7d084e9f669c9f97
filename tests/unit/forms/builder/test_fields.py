"""Each type reads what is posted for it, keeps what it cannot read, and says its answer in words."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from forms.builder.fields import FIELD_TYPES, Sources, type_of
from forms.builder.fields.choice import CodesField
from forms.builder.fields.directory import Entry
from forms.builder.schema import FieldSchema, SchemaError
from tests.factories.builder import every_type, question


def sources() -> Sources:
    """Two units, a task, a person and a stored file, without a database."""
    found = Sources(files={"f1": {"file": "f1", "name": "签到表.pdf", "size": 10}})
    found.__dict__["units"] = [Entry("1", "市民政局"), Entry("2", "市公安局")]
    found.__dict__["tasks"] = [Entry("7", "12. 开展街面巡查")]
    found.__dict__["people"] = [Entry("5", "林晓")]
    return found


def read(schema: FieldSchema, raw: Any) -> Any:
    """The answer for what was posted."""
    return type_of(schema).form_field(schema, sources()).clean(raw)


CHOSEN_UNIT = {"unit": 2, "name": "市公安局"}

READ = [
    ("text", " 救助管理站 ", "救助管理站", "救助管理站"),
    ("text", "😀 检查", "😀 检查", "😀 检查"),
    ("text", "   ", None, ""),
    ("long_text", "一\r\n二", "一\n二", "一\n二"),
    ("number", "１，２３４", 1234, "1,234"),
    ("number", "0", 0, "0"),
    ("number", "", None, ""),
    ("date", "2026年2月3日", "2026-02-03", "2026年2月3日"),
    ("date", "", None, ""),
    ("choice", "c2", "c2", "重大"),
    ("choice", "重 大", "c2", "重大"),
    ("choice", "", None, ""),
    ("multiple_choice", ["c2", "c1"], ["c1", "c2"], "一般、重大"),
    ("multiple_choice", [], None, ""),
    ("yes_no", "yes", True, "是"),
    ("yes_no", "no", False, "否"),
    ("yes_no", "", None, ""),
    ("unit", "2", CHOSEN_UNIT, "市公安局"),
    ("unit", "市 公安局", CHOSEN_UNIT, "市公安局"),
    ("unit", "", None, ""),
    ("task", "7", {"task": 7, "name": "12. 开展街面巡查"}, "12. 开展街面巡查"),
    ("task", "", None, ""),
    ("person", "5", {"person": 5, "name": "林晓"}, "林晓"),
    ("person", "林晓", {"person": 5, "name": "林晓"}, "林晓"),
    ("person", "", None, ""),
]


@pytest.mark.parametrize(("kind", "raw", "answer", "words"), READ)
def test_what_is_posted_becomes_an_answer_and_the_answer_words(kind: str, raw: Any, answer: Any, words: str) -> None:
    schema = question(kind)
    assert read(schema, raw) == answer
    with translation.override("zh-hans"):
        assert type_of(schema).in_words(schema, answer) == words


@pytest.mark.parametrize(("kind", "raw", "answer", "words"), READ)
def test_an_answer_shown_again_is_read_again(kind: str, raw: Any, answer: Any, words: str) -> None:
    schema = question(kind)
    shown = type_of(schema).initial(schema, answer)
    assert read(schema, shown) == answer


@pytest.mark.parametrize(
    "kind",
    [
        name
        for name, one in FIELD_TYPES.items()
        if one.takes_answer and not one.is_computed and name not in ("file", "table")
    ],
)
def test_a_required_question_must_be_answered(kind: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(question(kind, required=True), [] if kind == "multiple_choice" else "")
    assert refusal.value.code == "required"


def test_no_is_an_answer_to_a_required_question() -> None:
    assert read(question("yes_no", required=True), "no") is False


@pytest.mark.parametrize(
    ("schema", "raw", "reason"),
    [
        (question("text", options={"max_length": 5}), "123456", "max_length"),
        (question("text"), "字" * 1_000_000, "max_length"),
        (question("long_text"), "字" * 5001, "max_length"),
        (question("number", options={"minimum": 1}), "0", "min"),
        (question("number", options={"maximum": 1.5, "decimals": 1}), "1.6", "max"),
        (question("number"), "一百", "words"),
        (question("date"), "2026-02-30", "no_such_day"),
        (question("choice"), "c3", "invalid_choice"),
        (question("choice"), "一般的", "invalid_choice"),
        (question("task"), "8", "invalid_choice"),
        (question("person"), "王强", "invalid_choice"),
        (question("multiple_choice"), ["c1", "c3"], "invalid_choice"),
        (question("yes_no"), "maybe", "invalid_choice"),
        (question("unit"), "3", "invalid_choice"),
        (question("unit"), "1 OR 1=1", "invalid_choice"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(schema: FieldSchema, raw: Any, reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(schema, raw)
    assert refusal.value.code == reason


def test_the_refusal_of_a_long_text_says_both_lengths() -> None:
    with pytest.raises(ValidationError) as refusal:
        read(question("text"), "字" * 300)
    assert "300" in refusal.value.messages[0]
    assert "200" in refusal.value.messages[0]


def test_browsers_are_not_told_to_cut_texts_off() -> None:
    field = type_of(question("text")).form_field(question("text"), sources())
    assert "maxlength" not in field.widget_attrs(field.widget)


def test_a_label_of_two_hundred_characters_is_taken() -> None:
    label = "检查情况" * 50
    field = type_of(question("text")).form_field(question("text", label=label), sources())
    assert field.label == label


@pytest.mark.parametrize(("kind", "typed"), [("number", "一百"), ("date", "2026-02-30"), ("text", "字" * 300)])
def test_a_draft_keeps_as_typed_what_cannot_be_read(kind: str, typed: str) -> None:
    schema = question(kind)
    kept = type_of(schema).kept(schema, typed)
    assert kept == typed
    assert type_of(schema).in_words(schema, kept) == typed
    field = type_of(schema).form_field(schema, sources())
    assert typed in field.widget.render("q", type_of(schema).initial(schema, kept))


def test_an_impossible_day_is_shown_as_text_and_not_hidden_by_a_calendar() -> None:
    field = type_of(question("date")).form_field(question("date"), sources())
    assert 'type="text"' in field.widget.render("q", "2026-02-30")
    assert 'type="date"' in field.widget.render("q", "2026-02-03")
    assert 'type="date"' in field.widget.render("q", None)


def test_a_retired_code_is_said_to_be_retired_and_not_shown_as_a_code() -> None:
    schema = question("choice")
    assert "c9" not in type_of(schema).in_words(schema, "c9")
    assert type_of(schema).in_words(schema, "c9")


def test_long_lists_become_a_menu() -> None:
    many = {"choices": [{"code": f"c{n}", "label": f"选项{n}"} for n in range(30)]}
    schema = question("choice", options=many)
    assert "<select" in type_of(schema).form_field(schema, sources()).widget.render("q", None)
    assert 'type="radio"' in type_of(question("choice")).form_field(question("choice"), sources()).widget.render(
        "q", None
    )


def test_ticked_codes_come_in_the_order_of_the_list() -> None:
    field = CodesField(choices=[("b", "2"), ("a", "1")], required=False)
    assert field.clean(["a", "b", "a"]) == ["b", "a"]


def test_sensitive_answers_are_not_searchable() -> None:
    open_question, closed = question("text", label="姓名"), question("text", label="姓名", options={"sensitive": True})
    assert type_of(open_question).searchable(open_question, "林晓") == "姓名：林晓"
    assert type_of(closed).searchable(closed, "林晓") == ""


def test_headings_and_notes_take_no_answer() -> None:
    for schema in every_type():
        if not type_of(schema).takes_answer:
            assert not type_of(schema).takes_answer
            with pytest.raises(TypeError):
                type_of(schema).form_field(schema, sources())


def test_an_unknown_type_is_named() -> None:
    with pytest.raises(SchemaError, match="hologram"):
        type_of(question("hologram"))
