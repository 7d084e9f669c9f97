"""The cells of a workbook (XLSX, XLS, ODS), read in a process of its own (`isolated`)."""

import datetime
import io
import sys
from functools import partial
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from portal.files.isolated import TooLongError, UnreadableError, answer, ask

__all__ = ["Cells", "TooLongError", "UnreadableError", "first_sheet", "sheets_of"]

Cells = list[list[Any]]
"""Rows of texts, numbers, truth values; days, moments and times as ISO text."""
FIRST = "first"
"""What the process is asked for instead of all sheets."""


def sheets_of(data: bytes, *, most_rows: int, most_columns: int) -> dict[str, Cells]:
    """Cells by name of the sheet, from the first row and column on; hidden sheets too.

    UnreadableError, TooLongError.
    """
    return _sheets(data, most_rows, most_columns, "all")


def first_sheet(data: bytes, *, most_rows: int, most_columns: int) -> Cells:
    """Cells of the first sheet alone, as a list of things: the others are not looked at, and a moment is its day."""
    return next(iter(_sheets(data, most_rows, most_columns, FIRST).values()), [])


def _sheets(data: bytes, most_rows: int, most_columns: int, which: str) -> dict[str, Cells]:
    found = ask("portal.files.workbooks", data, str(most_rows), str(most_columns), which)
    for name, cells in found.items():
        if cells is None:
            raise TooLongError(name)
    return dict(found)


def read(data: bytes, *, most_rows: int, most_columns: int, which: str) -> dict[str, Cells | None]:
    """The cells of the sheets; None for one with too many rows."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found: dict[str, Cells | None] = {}
    for name in book.sheet_names[:1] if which == FIRST else book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > most_rows:
            found[name] = None
            continue
        rows = sheet.to_python(skip_empty_area=False)
        cells = ((plain(cell, days_only=which == FIRST) for cell in line[:most_columns]) for line in rows)
        found[name] = [list(line) for line in cells]
    return found


def plain(cell: Any, *, days_only: bool) -> Any:
    """A cell as JSON has it: a whole number without a fraction, a day without a time that nobody typed."""
    if isinstance(cell, datetime.datetime):
        is_day = days_only or cell.time() == datetime.time()
        return cell.date().isoformat() if is_day else cell.isoformat(" ", timespec="minutes")
    if isinstance(cell, datetime.time):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, str | int | float | bool | None) else str(cell)


if __name__ == "__main__":
    rows, columns, wanted = sys.argv[1:]
    sys.exit(answer(partial(read, most_rows=int(rows), most_columns=int(columns), which=wanted), CalamineError))
