"""Workbooks written as they come, read again by two other programs."""

import datetime
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from portal.audit.xlsx import CUT, MAX_TEXT, Book, column_name, free_title

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
VALUES = st.one_of(st.integers(-(10**14), 10**14), st.floats(allow_nan=False, allow_infinity=False, width=32), TEXTS)


def written(rows: list[list[Any]], headings: tuple[str, ...] = ("甲", "乙"), *, max_rows: int = 100) -> io.BytesIO:
    out = io.BytesIO()
    with Book(out, max_rows=max_rows) as book:
        sheet = book.sheet("数据", headings)
        for row in rows:
            sheet.append(row)
    out.seek(0)
    return out


@given(st.lists(st.lists(VALUES, min_size=2, max_size=2), max_size=8))
def test_what_is_written_is_read_again(rows: list[list[Any]]) -> None:
    sheet = load_workbook(written(rows)).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == rows


def test_other_programs_read_it_too() -> None:
    instant = datetime.datetime(2026, 11, 24, 7, 3, 7)
    row = ["=1+1", 3, 2.5, instant, datetime.date(2026, 1, 2), None, "第一行\n第二行", datetime.time(17, 30)]
    book = CalamineWorkbook.from_filelike(written([row], tuple("一二三四五六七八")))
    found = book.get_sheet_by_index(0).to_python()[1]
    assert found[:3] == ["=1+1", 3, 2.5]
    assert found[3:5] == [instant, datetime.date(2026, 1, 2)]
    assert found[5:7] == ["", "第一行\n第二行"]
    assert load_workbook(written([row], tuple("一二三四五六七八"))).worksheets[0]["A2"].data_type != "f"


def test_sheets_written_in_turn_stand_in_the_order_in_which_they_were_begun() -> None:
    out = io.BytesIO()
    with Book(out) as book:
        first, second = book.sheet("说明"), book.sheet("报送", ["单位"])
        for number in range(3):
            second.append([f"单位{number}"])
            first.append(["行", number])
    found = load_workbook(out)
    assert found.sheetnames == ["说明", "报送"]
    assert [row[1].value for row in found["说明"].iter_rows()] == [0, 1, 2]
    assert found["报送"].freeze_panes == "A2"
    assert found["报送"].auto_filter.ref == "A1:A4"


def test_rows_beyond_a_sheet_go_on_to_the_next_with_the_headings() -> None:
    book = load_workbook(written([[number, "x"] for number in range(5)], max_rows=3))
    assert book.sheetnames == ["数据", "数据 (2)", "数据 (3)"]
    assert [[cell.value for cell in row] for row in book["数据 (2)"].iter_rows()] == [["甲", "乙"], [2, "x"], [3, "x"]]


@pytest.mark.parametrize("char", ["长", "𠮷"])
def test_a_text_longer_than_a_cell_is_cut_and_counted(char: str) -> None:
    out = io.BytesIO()
    with Book(out) as book:
        sheet = book.sheet("数据")
        sheet.append([char * (MAX_TEXT + 1)])
        sheet.append(["短"])
    value = load_workbook(out).worksheets[0]["A1"].value
    assert sheet.cut == 1
    assert value.endswith(CUT)
    assert len(value.encode("utf-16-le")) // 2 <= MAX_TEXT


def test_a_number_longer_than_excel_keeps_is_written_whole() -> None:
    assert load_workbook(written([[110101199003071234, 1]])).worksheets[0]["A2"].value == "110101199003071234"


def test_what_excel_would_take_for_an_escaped_character_stays_as_it_is() -> None:
    assert "_x005F_x0041_" in written_xml("_x0041_")


def written_xml(text: str) -> str:
    import zipfile

    with zipfile.ZipFile(written([[text, 1]])) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    ("wanted", "taken", "title"),
    [
        ("问题[清单]:*?/\\", [], "问题 清单"),
        ("数据", ["数据"], "数据 2"),
        ("DATA", ["data", "Data 2"], "DATA 3"),
        ("长" * 40, [], "长" * 31),
        ("长" * 40, ["长" * 31], "长" * 29 + " 2"),
        ("''", [], "Sheet"),
    ],
)
def test_titles_are_ones_that_excel_takes(wanted: str, taken: list[str], title: str) -> None:
    assert free_title(wanted, taken) == title


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_are_named_as_in_excel(number: int, name: str) -> None:
    assert column_name(number) == name


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_for_excel_is_written_as_text(number: float) -> None:
    assert load_workbook(written([[number, 1]])).worksheets[0]["A2"].value == str(number)
