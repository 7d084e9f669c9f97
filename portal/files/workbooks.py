"""Reading all sheets of a workbook (XLSX, XLS, ODS) in a process of its own, with limits.

A reader lays a sheet out as a full rectangle: two cells in opposite corners of a file of 2 kB would take 400 GB and end
the process that reads it. That process is this module's (``python -m``); the web server only learns that it failed.
Nothing here imports Django, so that it starts quickly.
"""

import datetime
import io
import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

PROJECT = Path(__file__).resolve().parents[2]
MEMORY_BYTES = 1024 * 1024 * 1024
SECONDS = 30
Cells = list[list[Any]]
"""Rows of texts, numbers, truth values; days, moments and times as ISO text."""


class UnreadableError(Exception):
    """The file is no workbook, or one made to exhaust the machine."""


class TooLongError(Exception):
    """A sheet has more rows than are looked at; the message names the sheet."""


def sheets_of(data: bytes, *, most_rows: int, most_columns: int) -> dict[str, Cells]:
    """Cells by name of the sheet, from the first row and column on; hidden sheets too."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "portal.files.workbooks", str(most_rows), str(most_columns)],
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
    found: dict[str, Cells | None] = json.loads(done.stdout)
    for name, cells in found.items():
        if cells is None:
            raise TooLongError(name)
    return {name: cells for name, cells in found.items() if cells is not None}


def read(data: bytes, most_rows: int, most_columns: int) -> dict[str, Cells | None]:
    """The cells of every sheet; None for one with too many rows."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found: dict[str, Cells | None] = {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > most_rows:
            found[name] = None
            continue
        rows = sheet.to_python(skip_empty_area=False)
        found[name] = [[plain(cell) for cell in line[:most_columns]] for line in rows]
    return found


def plain(cell: Any) -> Any:
    """A cell as JSON has it: a whole number without a fraction, a day without a time that nobody typed."""
    if isinstance(cell, datetime.datetime):
        is_day = cell.time() == datetime.time()
        return cell.date().isoformat() if is_day else cell.isoformat(timespec="minutes")
    if isinstance(cell, datetime.time):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, str | int | float | bool | None) else str(cell)


def main() -> int:
    """Read a workbook from standard input, write its cells to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        json.dump(read(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2])), sys.stdout)
    except (CalamineError, OSError, MemoryError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
