"""Yes or no, ratings and matrices."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from forms.builder.fields import FIELD_TYPES, Sources, type_of
from forms.builder.rendering import build_form
from forms.builder.schema import FieldSchema
from tests.factories.builder import form_of, posted, question

RETIRED = {
    "statements": [{"code": "s1", "label": "接待热情"}, {"code": "s9", "label": "已取消", "retired": True}],
    "choices": [
        {"code": "c1", "label": "满意"},
        {"code": "c2", "label": "不满意"},
        {"code": "c9", "label": "一般", "retired": True},
    ],
}


def read(schema: FieldSchema, typed: Any) -> Any:
    return type_of(schema).form_field(schema, Sources()).clean(typed)


def drawn(schema: FieldSchema, answer: Any = None) -> str:
    return str(type_of(schema).form_field(schema, Sources()).widget.render("q", answer, {"id": "id_q"}))


# --- yes or no ---


def test_not_applicable_is_an_answer_only_where_it_is_offered() -> None:
    assert read(question("yes_no", options={"na": True}, required=True), "na") == "na"
    with pytest.raises(ValidationError):
        read(question("yes_no"), "na")
    assert 'value="na"' in drawn(question("yes_no", options={"na": True}))
    assert 'value="na"' not in drawn(question("yes_no"))


def test_not_applicable_is_neither_yes_nor_no_nor_blank() -> None:
    schema = question("yes_no", options={"na": True})
    assert type_of(schema).logic_value(schema, "na") not in (True, False, None)
    with translation.override("en"):
        assert type_of(schema).in_words(schema, "na") == "Not applicable"


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("是", True), ("否", False), ("YES", True), ("n", False), (True, True), (False, False), ("", None)],
)
def test_yes_and_no_are_understood_as_workbooks_have_them(cell: Any, answer: Any) -> None:
    schema = question("yes_no")
    assert type_of(schema).decode(schema, cell, Sources()) is answer


# --- ratings ---


def test_a_rating_offers_as_many_marks_as_are_set_and_says_what_the_ends_mean() -> None:
    schema = question("rating", options={"most": 3, "low_label": "很差", "high_label": "很好"})
    text = drawn(schema)
    assert text.count('type="radio"') == 3
    assert "很差" in text
    assert "很好" in text
    assert read(schema, "3") == 3
    with pytest.raises(ValidationError):
        read(schema, "4")


@pytest.mark.parametrize("typed", ["0", "6", "-1", "4.5", "五", "4 / x"])
def test_what_is_no_mark_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        read(question("rating"), typed)


# --- matrices ---


def test_a_matrix_is_read_statement_by_statement() -> None:
    schema = form_of(question("matrix", "m"))
    built = build_form(schema, data=posted(**{"m.s1": "c1", "m.s2": "c2", "m.s3": "c1", "m": "x"}))
    assert built.is_valid()
    assert built.answers() == {"m": {"s1": "c1", "s2": "c2"}}


def test_an_optional_matrix_may_be_answered_in_part() -> None:
    assert read(question("matrix"), {"s2": "c1"}) == {"s2": "c1"}
    assert read(question("matrix"), {}) is None


def test_a_required_matrix_asks_for_every_statement_names_the_first_open_one_and_loses_nothing() -> None:
    schema = form_of(question("matrix", "m", required=True))
    built = build_form(schema, data=posted(**{"m.s1": "c1"}))
    assert not built.is_valid()
    (fault,) = built.faults_listed()
    assert "救助及时" in fault.message
    assert built.draft_answers() == {"m": {"s1": "c1"}}
    text = str(built["m"])
    assert f'id="{fault.anchor}"' in text
    assert text.count("is-open") == 1


@pytest.mark.parametrize("forged", [{"s1": "c9"}, {"s1": ["c1"]}, {"s1": {"x": 1}}])
def test_a_choice_that_is_not_offered_is_refused_and_not_kept(forged: dict[str, Any]) -> None:
    schema = question("matrix")
    with pytest.raises(ValidationError):
        read(schema, forged)
    assert type_of(schema).kept(schema, forged) is None


def test_a_matrix_is_read_again_as_lines_with_what_was_retired_since() -> None:
    schema = question("matrix", options=RETIRED)
    lines = type_of(schema).in_words(schema, {"s1": "c9", "s9": "c1"})
    assert lines == "接待热情：一般\n已取消：满意"
    text = drawn(schema)
    assert "已取消" not in text
    assert "一般" not in text
    type_of(schema).validate(schema, {"s1": "c9"}, Sources())
    stored = Sources(answers={"q": {"s1": "c9"}})
    assert type_of(schema).form_field(schema, stored).clean({"s1": "c9"}) == {"s1": "c9"}


def test_each_row_of_a_matrix_is_a_group_with_its_statement_as_name() -> None:
    text = drawn(question("matrix", required=True), {"s1": "c2"})
    assert text.count('role="radiogroup"') == 2
    assert 'aria-labelledby="id_q_label0"' in text
    assert text.count("checked") == 1


def test_a_cell_that_is_no_statement_is_named() -> None:
    schema = question("matrix")
    with pytest.raises(ValidationError, match="服务周到"):
        type_of(schema).decode(schema, "服务周到：一般", Sources())


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ({"statements": [], "choices": RETIRED["choices"]}, "statements"),
        ({"statements": RETIRED["statements"], "choices": RETIRED["choices"][:1]}, "choices"),
        ({"statements": RETIRED["statements"] * 2, "choices": RETIRED["choices"]}, "statements"),
        ({"statements": [{"code": "a", "label": "长" * 201}], "choices": RETIRED["choices"]}, "statements"),
        (
            {"statements": RETIRED["statements"], "choices": [{"code": str(n), "label": str(n)} for n in range(11)]},
            "choices",
        ),
    ],
)
def test_lists_that_cannot_be_answered_are_told_to_the_editor(raw: dict[str, Any], place: str) -> None:
    assert list(FIELD_TYPES["matrix"].check(raw)) == [place]


def test_files_and_matrices_in_one_form_do_not_take_each_other_for_their_own() -> None:
    schema = form_of(question("file", "f"), question("matrix", "m"))
    built = build_form(schema, data=posted(**{"m.keep": "c1", "f.s1": "c1"}), files=MultiValueDict())
    assert built.is_valid()
    assert built.answers() == {}
