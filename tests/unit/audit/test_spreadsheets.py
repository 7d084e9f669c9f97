"""Cells that no spreadsheet program runs."""

import csv
import datetime
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.audit.spreadsheets import FORMULA_SIGNS, cell_value, csv_lines, workbook

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


@settings(deadline=None)
@given(texts)
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not str(cell_value(text)).startswith(FORMULA_SIGNS)


@settings(deadline=None)
@given(st.lists(texts, min_size=1, max_size=4))
def test_a_csv_file_gives_back_its_cells(cells: list[str]) -> None:
    data = "".join(csv_lines(["x"] * len(cells), [cells]))
    assert data.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(data[1:], newline="")))
    assert rows[1] == [str(cell_value(cell)) for cell in cells]


@settings(deadline=None)
@given(texts)
def test_an_excel_file_has_no_formula_and_no_character_that_breaks_it(text: str) -> None:
    sheet = load_workbook(io.BytesIO(workbook(["甲"], [[text]], "表"))).worksheets[0]
    assert sheet["A2"].data_type != "f"


def test_instants_are_written_in_beijing_time_and_dates_as_dates() -> None:
    instant = datetime.datetime(2026, 11, 23, 23, 3, 7, 99, tzinfo=datetime.UTC)
    assert cell_value(instant) == datetime.datetime(2026, 11, 24, 7, 3, 7)
    sheet = load_workbook(io.BytesIO(workbook(["甲", "乙"], [[instant, datetime.date(2026, 1, 2)]], "表"))).worksheets[
        0
    ]
    assert sheet["A2"].number_format == "yyyy-mm-dd hh:mm:ss"
    assert sheet["B2"].is_date


@pytest.mark.parametrize("text", ["a\x00b", "a\x1fb", "a\ufffeb", "a\uffffb"])
def test_characters_that_no_workbook_may_hold_are_left_out(text: str) -> None:
    assert cell_value(text) == "ab"
    assert load_workbook(io.BytesIO(workbook(["甲"], [[text]], "表"))).worksheets[0]["A2"].value == "ab"


def test_an_empty_value_is_an_empty_cell() -> None:
    assert cell_value(None) == ""
