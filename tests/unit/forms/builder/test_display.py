"""Answers read again: words, never keys or codes."""

from typing import Any

import pytest
from django.utils import translation

from forms.builder.answers import file_refs, with_files
from forms.builder.rendering import display, searchable_rows, searchable_text
from tests.factories.builder import form_of, question, table_of

FILE = {"file": "4f0c", "name": "现场.jpg", "size": 2048}

FORM = form_of(
    question("section", "k-section", "检查情况"),
    question("note", "k-note", "", help_text="每行一个问题"),
    question("choice", "k-level", "等级"),
    question("number", "k-people", "人数", options={"unit": "人"}),
    question("text", "k-name", "联系人", options={"sensitive": True}),
    question("file", "k-file", "附件"),
    table_of(
        question("text", "k-what", "问题"),
        question("text", "k-who", "姓名", options={"sensitive": True}),
        question("file", "k-photo", "照片"),
        key="k-table",
        label="问题清单",
    ),
)

ANSWERS: dict[str, Any] = {
    "k-level": "c2",
    "k-people": 1234,
    "k-name": "林晓",
    "k-file": [FILE],
    "k-table": [{"k-what": "通道堵塞", "k-who": "王海", "k-photo": [FILE]}, {"k-what": "留样不全"}],
}


@pytest.fixture(autouse=True)
def _in_chinese() -> Any:
    with translation.override("zh-hans"):
        yield


def test_answers_are_shown_in_words_in_the_order_of_the_form() -> None:
    rows = display(FORM, ANSWERS)
    assert [(row.label, row.kind, row.text) for row in rows] == [
        ("检查情况", "section", ""),
        ("等级", "text", "重大"),
        ("人数", "text", "1,234 人"),
        ("联系人", "text", "林晓"),
        ("附件", "files", ""),
        ("问题清单", "table", ""),
    ]
    assert rows[4].files == (FILE,)
    table = rows[5]
    assert table.columns == ("问题", "姓名", "照片")
    assert [[cell.text for cell in row] for row in table.rows] == [["通道堵塞", "王海", ""], ["留样不全", "", ""]]
    assert table.rows[0][2].files == (FILE,)


def test_neither_keys_nor_codes_are_shown() -> None:
    shown = repr(display(FORM, {**ANSWERS, "k-level": "c-gone", "k-alien": "x"}))
    assert "k-" not in shown
    assert "c-gone" not in shown


def test_an_empty_report_has_all_its_questions() -> None:
    rows = display(FORM, {})
    assert len(rows) == 6
    assert all(row.is_empty for row in rows)


@pytest.mark.parametrize("odd", [None, "typed", 5, True, [], {}, [1], ["x"], [{"k": 1}], {"file": 1}])
def test_no_stored_answer_however_odd_stops_the_reading(odd: Any) -> None:
    answers = {one.key: odd for one in FORM}
    assert len(display(FORM, answers)) == 6
    searchable_text(FORM, answers)
    list(searchable_rows(FORM, answers))


def test_the_index_gets_labels_values_and_names_of_files_but_nothing_sensitive() -> None:
    text = searchable_text(FORM, ANSWERS)
    assert text.splitlines() == ["等级：重大", "人数：1,234 人", "附件：现场.jpg"]


def test_the_index_gets_tables_row_by_row_without_sensitive_columns() -> None:
    rows = list(searchable_rows(FORM, ANSWERS))
    assert [(row.path, row.table, row.number, row.text) for row in rows] == [
        ("k-table.0", "问题清单", 1, "问题：通道堵塞，照片：现场.jpg"),
        ("k-table.1", "问题清单", 2, "问题：留样不全"),
    ]


def test_a_row_with_nothing_but_sensitive_answers_is_not_there_and_the_others_keep_their_numbers() -> None:
    answers = {"k-table": [{"k-who": "王海"}, {"k-what": "留样不全"}]}
    assert [row.number for row in searchable_rows(FORM, answers)] == [2]


def test_a_sensitive_table_stays_out_of_the_index() -> None:
    table = table_of(question("text", "a"), key="t", sensitive=True)
    assert searchable_text(form_of(table), {"t": [{"a": "林晓"}]}) == ""
    assert list(searchable_rows(form_of(table), {"t": [{"a": "林晓"}]})) == []


def test_stored_files_are_put_at_their_paths() -> None:
    answers = {"t": [{"a": "一"}, {"a": "二"}], "f": [FILE]}
    found = with_files(answers, {"f": [FILE], "g": [FILE], "t.1.p": [FILE]})
    assert found == {"t": [{"a": "一"}, {"a": "二", "p": [FILE]}], "f": [FILE, FILE], "g": [FILE]}
    assert answers == {"t": [{"a": "一"}, {"a": "二"}], "f": [FILE]}


def test_every_file_of_the_answers_is_found() -> None:
    assert [ref["file"] for ref in file_refs(ANSWERS)] == ["4f0c", "4f0c"]


def test_a_total_names_its_column_and_numbers_have_their_heading_above_them() -> None:
    table = table_of(question("text", "k-a", "品名"), question("integer", "k-b", "数量"), key="k-t", totals=["k-b"])
    (row,) = display(form_of(table), {"k-t": [{"k-a": "棉被", "k-b": 2}, {"k-b": 3}]})
    assert row.heads == (("品名", False), ("数量", True))
    assert row.labelled_totals == (("品名", ""), ("数量", "5"))
