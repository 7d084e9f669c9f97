"""Filling in where answers decide what else is asked: nothing typed is lost, nothing that is not asked is sent."""

import datetime
from typing import Any

import pytest
from django.utils import translation

from forms.builder.answer_form import AnswerForm
from forms.builder.answers import REASONS, SAME, Answers
from forms.builder.checking import check_answers, please_explain, taken
from forms.builder.fields import Sources
from forms.builder.logic.outcome import LogicContext
from forms.builder.logic.state import state_of
from forms.builder.rendering import build_form, display
from forms.builder.schema import FormSchema, RuleSchema
from tests.factories.builder import post_data, question, table_of

TODAY = LogicContext(today=datetime.date(2026, 11, 25))


def is_yes(name: str) -> dict[str, Any]:
    """The condition that a question was answered with yes."""
    return {"===": [{"var": name}, True]}


FORM = FormSchema(
    "检查",
    fields=(
        question("yes_no", "found", "是否发现问题"),
        question("text", "what", "问题", required=True, logic={"show": is_yes("answers.found")}),
        question("number", "people", "人数", logic={"enable": is_yes("answers.found")}),
        question("text", "reason", "未发现的原因", logic={"require": {"===": [{"var": "answers.found"}, False]}}),
        table_of(
            question("yes_no", "done", "已整改"),
            question("date", "on", "整改日期", required=True, logic={"show": is_yes("row.done")}),
            key="list",
            label="清单",
        ),
    ),
    rules=(
        RuleSchema("few", "people", {"<=": [{"var": "answers.people"}, 100]}, "人数超过一百。", "warning"),
        RuleSchema("least", "people", {">=": [{"var": "answers.people"}, 0]}, "人数不能小于零。"),
        RuleSchema("hint", "people", {"<": [{"var": "answers.people"}, 50]}, "请核对。", "information"),
        RuleSchema("late", "list.on", {"<=": [{"var": "row.on"}, {"var": "context.today"}]}, "晚于今天。", "warning"),
    ),
)


def typed(answers: Answers, **more: str) -> AnswerForm:
    """The form with these answers typed in."""
    data = post_data(FORM, answers)
    for name, value in more.items():
        data[name] = value
    return build_form(FORM, data=data, context=TODAY)


def wrong(form: AnswerForm) -> list[tuple[str, str]]:
    """Where something is wrong, and the input that mends it."""
    return [(fault.path, fault.anchor) for fault in form.faults()]


def stored_wrong(answers: Answers) -> list[tuple[str, str]]:
    """The same of stored answers."""
    return [(fault.path, fault.message) for fault in check_answers(FORM, answers, Sources(), TODAY)]


def test_what_is_not_asked_is_not_sent_but_stays_in_the_draft() -> None:
    form = typed({"found": False, "what": "通道堵塞", "people": 3, "reason": "均已整改"})
    assert form.is_valid()
    assert form.answers() == {"found": False, "reason": "均已整改"}
    assert form.draft_answers() == {"found": False, "what": "通道堵塞", "people": 3, "reason": "均已整改"}
    assert form.left_out == 2


def test_faults_in_what_is_not_asked_do_not_count() -> None:
    assert typed({"found": False, "reason": "无", "people": "一百"}).is_valid()
    assert wrong(typed({"found": True, "what": "堵塞", "people": "一百"})) == [("people", "id_people")]


def test_what_is_not_valid_and_not_asked_is_kept_as_typed() -> None:
    form = typed({"found": False, "reason": "无", "people": "一百"})
    form.is_valid()
    assert form.draft_answers()["people"] == "一百"


def test_what_other_answers_require_must_be_answered() -> None:
    form = typed({"found": False})
    assert not form.is_valid()
    assert wrong(form) == [("reason", "id_reason")]
    assert "请" in str(form["reason"].errors) or "answer" in str(form["reason"].errors)


def test_rows_decide_for_themselves() -> None:
    rows = [{"done": False, "on": "二月"}, {"done": True}, {"done": True, "on": "2026-11-01"}]
    form = typed({"found": False, "reason": "无", "list": rows})
    assert not form.is_valid()
    assert wrong(form) == [("list.1.on", "id_list.1.on")]
    assert form.draft_answers()["list"] == rows
    assert form.answers()["list"] == [{"done": False}, {"done": True}, {"done": True, "on": "2026-11-01"}]


def test_paths_of_rows_pass_over_blank_rows_and_inputs_do_not() -> None:
    data = post_data(FORM, {"found": False, "reason": "无", "list": [{}, {"done": True, "on": "2026-12-01"}]})
    form = build_form(FORM, data=data, context=TODAY)
    assert not form.is_valid()
    assert wrong(form) == [("list.0.on", f"id_{REASONS}.late.1")]
    data[f"{REASONS}.late.1"] = "计划日期"
    explained = build_form(FORM, data=data, context=TODAY)
    assert explained.is_valid()
    assert explained.answers()[REASONS] == {"late.0": "计划日期"}


def test_an_error_of_a_check_stops_sending_and_stands_beside_the_question() -> None:
    form = typed({"found": True, "what": "堵塞", "people": -1})
    assert not form.is_valid()
    assert [fault.message for fault in form.faults()] == ["人数不能小于零。"]
    assert [one.text for one in form.messages["people"]] == ["人数不能小于零。"]


def test_a_warning_must_be_explained_and_the_explanation_is_kept_and_read() -> None:
    answers = {"found": True, "what": "堵塞", "people": 120}
    bare = typed(answers)
    assert not bare.is_valid()
    assert wrong(bare) == [("people", f"id_{REASONS}.few")]
    explained = typed(answers, **{f"{REASONS}.few": " 节前集中救助\0 "})
    assert explained.is_valid()
    sent = explained.answers()
    assert sent[REASONS] == {"few": "节前集中救助"}
    read = {row.label: row.reasons for row in display(FORM, sent)}
    assert read["人数"] == (("人数超过一百。", "节前集中救助"),)


@pytest.mark.parametrize(
    ("warning", "said"),
    [
        ("人数超过一百", "人数超过一百。请改正，或说明原因。"),
        ("人数超过一百。", "人数超过一百。请改正，或说明原因。"),
        ("人数对吗？ ", "人数对吗？ 请改正，或说明原因。"),
    ],
)
def test_what_is_asked_for_is_a_sentence_of_its_own(warning: str, said: str) -> None:
    with translation.override("zh-hans"):
        assert please_explain(warning) == said


def test_an_explanation_of_what_is_no_warning_any_more_is_not_sent() -> None:
    form = typed({"found": True, "what": "堵塞", "people": 12}, **{f"{REASONS}.few": "节前集中救助"})
    assert form.is_valid()
    assert REASONS not in form.answers()


def test_information_is_shown_and_stops_nothing() -> None:
    form = typed({"found": True, "what": "堵塞", "people": 60})
    assert form.is_valid()
    assert [one.severity for one in form.messages["people"]] == ["information"]


def test_names_that_the_form_does_not_have_are_counted() -> None:
    form = typed(
        {"found": False, "reason": "无"}, **{"is_admin": "1", "list.0.hack": "x", "list.x": "1", "what.x": "2"}
    )
    assert form.is_valid()
    assert form.ignored == 3
    assert "is_admin" not in form.draft_answers()
    assert typed({"found": False, "reason": "无", "list": [{"done": True}]}).ignored == 0


def test_stored_answers_are_judged_like_typed_ones() -> None:
    assert stored_wrong({"found": False, "what": "堵塞", "people": "一百", "reason": "无"}) == []
    assert [path for path, _message in stored_wrong({"found": True, "people": "一百"})] == ["what", "people"]
    assert [path for path, _message in stored_wrong({"found": False})] == ["reason"]
    assert [path for path, _message in stored_wrong({"found": True, "what": "堵", "people": 120})] == ["people"]
    assert stored_wrong({"found": True, "what": "堵", "people": 120, REASONS: {"few": "节前"}}) == []


def test_stored_rows_are_judged_cell_by_cell() -> None:
    answers = {"found": False, "reason": "无", "list": [{"done": True}, {"done": False}, {"done": True, "on": "二月"}]}
    assert [path for path, _message in stored_wrong(answers)] == ["list.0.on", "list.2.on"]


def test_too_many_stored_rows_are_told_with_both_numbers() -> None:
    schema = FormSchema("", fields=(table_of(question("text", "a"), max_rows=2),))
    faults = check_answers(schema, {"rows": [{"a": "1"}] * 3}, Sources(), TODAY)
    assert [fault.path for fault in faults] == ["rows"]
    assert "3" in faults[0].message
    assert "2" in faults[0].message


def test_an_answer_taken_over_must_be_looked_at_or_changed() -> None:
    stored = {"found": False, "reason": "同上", SAME: {"reason": False}}
    assert [path for path, _message in stored_wrong(stored)] == ["reason"]

    def again(reason: str, **more: str) -> AnswerForm:
        data = post_data(FORM, {"found": False, "reason": reason})
        data.update(more)
        return build_form(FORM, data=data, answers=stored, context=TODAY)

    unseen = again("同上")
    assert not unseen.is_valid()
    assert wrong(unseen) == [("reason", "id_reason")]
    assert unseen.draft_answers() == stored
    for looked_at in (again("同上", **{f"{SAME}.reason": "1"}), again("已全部整改")):
        assert looked_at.is_valid()
        assert looked_at.draft_answers()[SAME] == {"reason": True}
        assert SAME not in looked_at.answers()


def test_a_form_of_stored_answers_can_say_what_is_wrong() -> None:
    stored = {"found": True, "people": "一百", "list": [{"done": True}]}
    form = build_form(FORM, answers=stored, context=TODAY, checked=True)
    assert wrong(form) == [("what", "id_what"), ("people", "id_people"), ("list.0.on", "id_list.0.on")]
    assert not list(build_form(FORM, answers=stored, context=TODAY).faults())


def test_what_is_taken_of_nothing_is_nothing() -> None:
    assert taken(FORM, {}, state_of(FORM, {}, TODAY), {}) == {}


def test_what_is_missing_is_said_once_however_many_reasons_there_are_to_ask() -> None:
    always: dict[str, Any] = {"required": True, "logic": {"require": True}}
    schema = FormSchema("检查", fields=(question("text", "a", **always), table_of(question("text", "c", **always))))
    form = build_form(schema, data=post_data(schema, {"rows": [{"c": " "}]}))
    assert not form.is_valid()
    assert [fault.path for fault in form.faults_listed()] == ["a"]
    stored: Answers = {"rows": [{}]}
    assert [fault.path for fault in check_answers(schema, stored, Sources(), TODAY)] == ["a", "rows.0.c"]
