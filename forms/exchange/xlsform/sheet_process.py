"""Reading an XLSForm workbook in a process of its own (portal/files/isolated.py), and asking pyxform what it thinks of
it there. Nothing here imports Django, so that the process starts quickly.
"""

import io
import sys
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from portal.files.isolated import TooLongError, UnreadableError, answer, ask

__all__ = ["TooLongError", "UnreadableError", "sheets_in"]

MOST_ROWS = {"survey": 5_000, "choices": 50_000, "portal": 20_000}
"""Rows of a sheet; of the others `FEW_ROWS`."""
FEW_ROWS = 5_000
MOST_COLUMNS = 200
STANDARD = ("survey", "choices", "settings", "external_choices", "entities", "osm")
"""Sheets that pyxform reads."""


def sheets_in(data: bytes) -> dict[str, Any]:
    """{"names": […], "sheets": {name: [[cell, …], …]}, "pyxform": what it refuses, or ""}.

    UnreadableError; TooLongError where a sheet has more rows than any form needs.
    """
    found: dict[str, Any] = ask("forms.exchange.xlsform.sheet_process", data)
    if "too_long" in found:
        raise TooLongError(found["too_long"])
    return found


def read(data: bytes) -> dict[str, Any]:
    """The cells of the sheets that matter, as text."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets: dict[str, list[list[str]]] = {}
    for name in book.sheet_names:
        known = name.strip().lower()
        if known not in (*STANDARD, "portal") or known in sheets:
            continue
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > MOST_ROWS.get(known, FEW_ROWS):
            return {"too_long": name}
        rows = sheet.to_python(skip_empty_area=False)
        sheets[known] = [[text(cell) for cell in line[:MOST_COLUMNS]] for line in rows]
    return {"names": book.sheet_names, "sheets": sheets, "pyxform": complaint(sheets)}


def text(cell: Any) -> str:
    """A cell as its text: 1.0 is 1, TRUE is what the standard writes."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).replace("\xa0", " ").strip()


def complaint(sheets: dict[str, list[list[str]]]) -> str:
    """What pyxform refuses in the form; empty if nothing."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    book: dict[str, Any] = {"sheet_names": [name for name in sheets if name in STANDARD]}
    for name, rows in sheets.items():
        if name in STANDARD and rows:
            columns = rows[0]
            lines = (zip(columns, row, strict=False) for row in rows[1:])
            book[name] = [{key: cell for key, cell in line if key and cell} for line in lines]
            book[f"{name}_header"] = [{key: None for key in columns if key}]
    try:
        convert(book, validate=False)
    except PyXFormError as error:
        return str(error) or type(error).__name__
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        # pyxform itself gave up; it has no sentence for it.
        return type(error).__name__
    return ""


if __name__ == "__main__":
    sys.exit(answer(read, CalamineError))
