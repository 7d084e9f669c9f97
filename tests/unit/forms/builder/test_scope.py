"""What marks open: themselves, and whatever follows from them."""

from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from hypothesis import given
from hypothesis import strategies as st

from forms.builder.rendering import build_form
from forms.builder.restricting import Restriction
from forms.builder.schema import FormSchema, RuleSchema
from forms.builder.scope import EVERYTHING, changed_outside, scope_of
from tests.factories.builder import question, table_of


def var(name: str) -> dict[str, str]:
    return {"var": name}


FORM = FormSchema(
    "进展",
    fields=(
        question("long_text", "summary", "工作情况", required=True),
        question("integer", "found", "发现问题"),
        question("integer", "solved", "已解决"),
        question("calculated", "rate", "解决率", logic={"value": {"/": [var("answers.solved"), var("answers.found")]}}),
        question("text", "why", "解决率低的原因", logic={"show": {"<": [var("answers.rate"), 0.5]}}),
        question("section", "more", "问题清单", logic={"show": {">": [var("answers.found"), 0]}}),
        question("text", "head", "责任人"),
        table_of(
            question("integer", "n", "数量"),
            question("text", "note", "说明", logic={"show": {">": [var("row.n"), 9]}}),
            question("text", "who", "责任人"),
            key="list",
            label="清单",
        ),
        question("page_break", "p", "其他"),
        question("integer", "beds", "床位"),
        question("text", "view", "意见", logic={"require": {">": [{"reduce": [var("answers.list"), 0, 0]}, 1]}}),
    ),
    rules=(RuleSchema("fit", "beds", {"<=": [var("answers.solved"), var("answers.beds")]}, "床位不足。"),),
)
ANSWERS: dict[str, Any] = {
    "summary": "已部署。",
    "found": 3,
    "solved": 2,
    "list": [{"n": 1, "who": "甲"}, {"n": 12, "note": "多", "who": "乙"}],
    "beds": 5,
}
PATHS = st.sampled_from(["summary", "found", "solved", "head", "list", "list.0", "list.1.n", "list.1.who", "beds"])


def test_a_mark_opens_itself_and_nothing_else() -> None:
    scope = scope_of(FORM, ["summary"])
    assert scope.questions == {"summary"}
    assert not scope.touches("list")


def test_what_is_calculated_shown_and_checked_by_it_is_open_too() -> None:
    scope = scope_of(FORM, ["solved"])
    assert scope.questions == {"solved", "rate", "why", "beds"}


def test_a_section_that_it_shows_is_open_with_all_that_stands_in_it() -> None:
    scope = scope_of(FORM, ["found"])
    assert {"more", "head", "list"} <= scope.questions
    assert scope.allows("list.1.who")


def test_a_cell_opens_what_follows_from_it_in_its_row() -> None:
    scope = scope_of(FORM, ["list.1.n"])
    assert [
        path for path in ("list.0.n", "list.1.n", "list.0.note", "list.1.note", "list.1.who") if scope.allows(path)
    ] == [
        "list.1.n",
        "list.1.note",
    ]


def test_a_mark_of_something_calculated_opens_what_it_is_calculated_from() -> None:
    scope = scope_of(FORM, ["rate"])
    assert {"found", "solved"} <= scope.questions
    assert "summary" not in scope.questions


def test_a_row_opens_its_cells_and_an_empty_path_everything() -> None:
    scope = scope_of(FORM, ["list.0"])
    assert scope.allows("list.0.who")
    assert not scope.allows("list.1.who")
    assert scope_of(FORM, ["summary", ""]) is EVERYTHING


@pytest.mark.parametrize("path", ["gone", "list.x.n", "list.0.gone", "summary.0"])
def test_a_mark_of_nothing_opens_no_more_than_its_question(path: str) -> None:
    assert scope_of(FORM, [path]).questions <= {"summary"}


@given(st.lists(PATHS), st.lists(PATHS))
def test_more_marks_never_open_less(some: list[str], others: list[str]) -> None:
    few, many = scope_of(FORM, some), scope_of(FORM, [*some, *others])
    for path in [*(one.key for one in FORM), "list.0.n", "list.1.n", "list.1.note", "list.0.who"]:
        assert many.allows(path) or not few.allows(path)


@given(PATHS, st.sampled_from(["summary", "found", "head", "beds", "list"]))
def test_a_change_is_outside_exactly_where_it_is_not_open(mark: str, key: str) -> None:
    scope = scope_of(FORM, [mark])
    changed = {**ANSWERS, key: [*ANSWERS["list"], {"n": 1}] if key == "list" else "另一个"}
    assert bool(changed_outside(FORM, scope, ANSWERS, changed)) == (key not in scope.questions)
    assert changed_outside(FORM, scope, ANSWERS, dict(ANSWERS)) == []


def test_cells_are_compared_one_by_one() -> None:
    scope = scope_of(FORM, ["list.0"])
    rows = [{"n": 2, "who": "丙"}, {"n": 13, "note": "多", "who": "乙"}]
    assert changed_outside(FORM, scope, ANSWERS, {**ANSWERS, "list": rows}) == ["list.1.n"]


def form(marks: list[str], **typed: str) -> Any:
    restriction = Restriction(scope_of(FORM, marks), dict.fromkeys(marks, "请核对"))
    return build_form(FORM, data=typed, answers=ANSWERS, restriction=restriction)


def test_what_is_not_open_stays_whatever_comes() -> None:
    found = form(["summary"], summary="已整改。", found="9", beds="1")
    assert found.draft_answers()["summary"] == "已整改。"
    assert found.draft_answers()["found"] == 3
    assert [(one.label, one.typed) for one in found.attempts] == [("发现问题", "9"), ("床位", "1")]


def test_what_the_browser_leaves_out_is_no_attempt() -> None:
    found = form(["summary"], summary="已整改。")
    assert not found.attempts
    assert found.is_valid()
    assert found.answers()["list"] == ANSWERS["list"]


def test_of_a_table_single_cells_are_taken() -> None:
    found = form(["list.1.who"], **{"list.1.who": "丁", "list.0.who": "戊", "list.-TOTAL_FORMS": "9"})
    assert [row["who"] for row in found.draft_answers()["list"]] == ["甲", "丁"]
    assert [(one.label, one.row, one.typed) for one in found.attempts] == [("责任人", 1, "戊")]


def test_an_open_table_takes_and_loses_rows() -> None:
    found = form(["list"], **{"list.-TOTAL_FORMS": "1", "list.-INITIAL_FORMS": "0", "list.0.n": "7"})
    assert found.draft_answers()["list"] == [{"n": 7}]


def test_rows_may_be_added_below_those_that_were_sent_and_these_stay() -> None:
    scope = scope_of(FORM, ["list.+"], ANSWERS)
    new = {"n": 3, "who": "丙"}

    def outside(*rows: dict[str, Any]) -> list[str]:
        return changed_outside(FORM, scope, ANSWERS, {**ANSWERS, "list": list(rows)})

    first, second = ANSWERS["list"]
    assert outside(first, second, new) == []
    assert outside(first, second) == []
    assert outside(first) == ["list"]
    assert outside(new, first, second) == ["list.0.n", "list.0.who", "list.1.n", "list.1.note", "list.1.who"]
    drafted = {**ANSWERS, "list": [first, second, new]}
    assert changed_outside(FORM, scope, drafted, ANSWERS) == [], "what was added may go again"
    assert scope.allows("list.2.who")
    assert not scope.allows("list.1.note")
    assert scope.allows("view"), "it is asked for by the sum of all rows"


def test_the_page_takes_added_rows_and_leaves_the_others() -> None:
    typed = {"list.-TOTAL_FORMS": "4", "list.-INITIAL_FORMS": "0", "list.0.who": "戊", "list.2.n": "", "list.3.n": "7"}
    restriction = Restriction(scope_of(FORM, ["list.+", "list.1.who"], ANSWERS))
    found = build_form(FORM, data=typed | {"list.1.who": "丁"}, answers=ANSWERS, restriction=restriction)
    assert found.draft_answers()["list"] == [ANSWERS["list"][0], {"n": 12, "note": "多", "who": "丁"}, {"n": 7}]
    assert [(one.label, one.row, one.typed) for one in found.attempts] == [("责任人", 1, "戊")]
    few = build_form(FORM, data={"list.-TOTAL_FORMS": "0"}, answers=ANSWERS, restriction=restriction)
    assert len(few.draft_answers()["list"]) == len(ANSWERS["list"])
    again = build_form(FORM, answers={**ANSWERS, "list": [*ANSWERS["list"], {"n": 7}]}, restriction=restriction)
    shown = render_crispy_form(again)
    assert 'name="list.2.DELETE"' in shown
    assert 'name="list.1.DELETE"' not in shown
    assert 'name=".add_row"' in shown


def test_the_page_shows_words_where_nothing_can_be_typed(rf: Any) -> None:

    shown = render_crispy_form(
        build_form(FORM, answers=ANSWERS, restriction=Restriction(scope_of(FORM, ["list.0.who"])))
    )
    assert 'name="summary"' not in shown
    assert "已部署。" in shown
    assert shown.count("data-locked") == shown.count("disabled") > 0
    assert 'name=".add_row"' not in shown
