"""Reading a table out of a file."""

import datetime
import io
import zipfile

import pytest
from django.utils import translation

from portal.units.enums import ImportKind
from portal.units.importing.tables import MAX_BYTES, MAX_ROWS, TableError, read_cells, read_table
from portal.units.importing.unit_rows import LIMITS
from portal.units.models import Unit, UnitAlias
from tests.factories.tables import UNITS, csv_bytes, rows_of, xlsx_bytes

LINES = [UNITS, ["甲市民政局", "市民政局", "", "局", "", "", "2026-01-02", ""]]


@pytest.mark.parametrize(
    "data",
    [
        csv_bytes(LINES, "utf-8-sig"),
        csv_bytes(LINES, "utf-8"),
        csv_bytes(LINES, "gb18030"),
        xlsx_bytes(LINES),
        csv_bytes(LINES).replace(b",", b"\t"),
        csv_bytes([["三亚市单位一览表"], *LINES]),
    ],
    ids=["bom", "utf-8", "gb18030", "xlsx", "tabs", "title above"],
)
def test_the_same_table_is_read_from_every_usual_file(data: bytes) -> None:
    (row,) = rows_of(ImportKind.UNITS, data)
    assert (row.get("name"), row.get("short_name"), row.get("valid_from")) == ("甲市民政局", "市民政局", "2026-01-02")


def test_english_headings_and_unknown_columns_are_told_apart() -> None:
    table = read_table(ImportKind.PEOPLE, read_cells(csv_bytes([["Name", "User name", "Remark"], ["甲", "jia", "x"]])))
    assert table.rows[0].values == {"name": "甲", "username": "jia"}
    assert table.ignored_columns == ("Remark",)


def test_numbers_and_dates_of_excel_are_read_as_they_are_seen() -> None:
    data = xlsx_bytes([["姓名", "用户名", "手机", "起"], ["甲", "jia", 13800138000, datetime.datetime(2026, 1, 2)]])
    (row,) = rows_of(ImportKind.PEOPLE, data)
    assert (row.get("phone"), row.get("valid_from")) == ("13800138000", "2026-01-02")


def test_row_numbers_are_those_of_the_sheet() -> None:
    rows = rows_of(ImportKind.UNITS, csv_bytes([UNITS, ["甲局"], [], ["乙局"]]))
    assert [row.number for row in rows] == [2, 4]


def test_an_apostrophe_before_a_formula_of_our_own_export_is_taken_off() -> None:
    (row,) = rows_of(ImportKind.UNITS, csv_bytes([["单位全称"], ["'=1+1"]]))
    assert row.get("name") == "=1+1"


def test_a_formula_is_never_computed() -> None:
    (row,) = rows_of(ImportKind.UNITS, xlsx_bytes([["单位全称", "简称"], ["甲局", "=1+1"]]))
    assert row.get("short_name") in ("", "=1+1")


def zipped(name: str, size: int = 10) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, b"0" * size)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 \x00\x01", "neither"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 99, "password"),
        (zipped("word/document.xml"), "not an Excel workbook"),
        (zipped("xl/workbook.xml"), "not an Excel workbook"),
        (b"PK\x03\x04 broken", "not an Excel workbook"),
        (zipped("xl/workbook.xml", 61 * 1024 * 1024), "5 MB"),
        (b"x" * (MAX_BYTES + 1), "5 MB"),
        (b"\x81\x20\xff\xff", "neither"),
        (csv_bytes([["甲", "乙"], ["1", "2"]]), "headings were not found"),
        (csv_bytes([UNITS]), "no rows"),
        (csv_bytes([UNITS, *([f"第{n}局"] for n in range(MAX_ROWS + 1))]), "5,000"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    with translation.override("en"), pytest.raises(TableError, match=says):
        rows_of(ImportKind.UNITS, data)


def test_the_lengths_checked_in_a_table_are_those_of_the_database() -> None:
    for name, limit in LIMITS.items():
        assert getattr(Unit._meta.get_field(name), "max_length", None) == limit
    assert getattr(UnitAlias._meta.get_field("name"), "max_length", None) == LIMITS["name"]
