"""Reading an XLSForm workbook in a process of its own, with limits, and asking pyxform what it thinks of it.

A workbook can be made to fill the memory of whoever opens it (portal/units/importing/workbook.py); that is this
module's process (``python -m``), which the web server only sees fail. Nothing here imports Django, so that it starts
quickly.
"""

import contextlib
import io
import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

PROJECT = Path(__file__).resolve().parents[3]
MEMORY_BYTES = 1024 * 1024 * 1024
SECONDS = 30
MOST_ROWS = {"survey": 5_000, "choices": 50_000, "portal": 20_000}
"""Rows of a sheet; of the others `FEW_ROWS`."""
FEW_ROWS = 5_000
MOST_COLUMNS = 200
STANDARD = ("survey", "choices", "settings", "external_choices", "entities", "osm")
"""Sheets that pyxform reads."""


class UnreadableError(Exception):
    """The file is no workbook, or one made to exhaust the machine."""


class TooLongError(Exception):
    """A sheet has more rows than any form needs; the message names the sheet."""


def sheets_in(data: bytes) -> dict[str, Any]:
    """{"names": […], "sheets": {name: [[cell, …], …]}, "pyxform": what it refuses, or ""}."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "forms.exchange.xlsform.sheet_process"],
            cwd=PROJECT,
            input=data,
            capture_output=True,
            timeout=SECONDS * 2,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError from error
    if done.returncode:
        raise UnreadableError
    found: dict[str, Any] = json.loads(done.stdout)
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


def main() -> int:
    """Read a workbook from standard input, write what it holds to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with contextlib.redirect_stdout(sys.stderr):
            found = read(sys.stdin.buffer.read())
    except (CalamineError, OSError, MemoryError, RecursionError):
        return 1
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
