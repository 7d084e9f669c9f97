"""Tables as people upload them."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook

from portal.units.enums import ImportKind
from portal.units.importing.tables import Row, read_cells, read_table

UNITS = ["单位全称", "简称", "别名", "类型", "上级单位", "代码", "有效期起", "有效期止"]
PEOPLE = ["姓名", "用户名", "手机", "邮箱", "单位", "角色", "起", "止"]
Lines = Sequence[Sequence[object]]


def csv_bytes(lines: Lines, encoding: str = "utf-8-sig") -> bytes:
    """A CSV file."""
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode(encoding)


def xlsx_bytes(lines: Lines) -> bytes:
    """An XLSX file."""
    book = Workbook()
    sheet = book.worksheets[0]
    for line in lines:
        sheet.append(list(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(kind: ImportKind, data: bytes) -> tuple[Row, ...]:
    """The rows of a file, as the import sees them."""
    return read_table(kind, read_cells(data)).rows


def unit_rows(*lines: Sequence[object]) -> tuple[Row, ...]:
    """Rows of a table of units; missing cells at the end are empty."""
    return rows_of(ImportKind.UNITS, csv_bytes([UNITS, *(_filled(line) for line in lines)]))


def people_rows(*lines: Sequence[object]) -> tuple[Row, ...]:
    """Rows of a table of people."""
    return rows_of(ImportKind.PEOPLE, csv_bytes([PEOPLE, *(_filled(line) for line in lines)]))


def _filled(line: Sequence[object]) -> list[object]:
    return [*line, *([""] * (8 - len(line)))]
