"""Reading a workbook in a process of its own, with limits.

The reader lays a sheet out as a full rectangle: two cells in opposite corners of a file of 2 kB would take 400 GB and
end the process that reads it. That process is this module's (``python -m``); the web server only learns that it failed.
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

PROJECT = Path(__file__).resolve().parents[3]
MEMORY_BYTES = 1024 * 1024 * 1024
SECONDS = 30
MAX_SHEET_ROWS = 50_000
MAX_COLUMNS = 200
"""Cells to the right of these belong to no table of units or people."""


class UnreadableError(Exception):
    """The file is no workbook, or one made to exhaust the machine."""


class TooLongError(Exception):
    """The sheet has more than `MAX_SHEET_ROWS` rows."""


def first_sheet(data: bytes) -> list[list[Any]]:
    """The cells of the first sheet: texts, numbers, truth values, days as ISO text."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "portal.units.importing.workbook"],
            cwd=PROJECT,
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError from error
    if done.returncode:
        raise UnreadableError
    cells: list[list[Any]] | None = json.loads(done.stdout)
    if cells is None:
        raise TooLongError
    return cells


def cells_of(data: bytes) -> list[list[Any]] | None:
    """The cells as plain JSON; None where there are too many rows."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    if sheet.total_height > MAX_SHEET_ROWS:
        return None
    return [[plain(cell) for cell in line[:MAX_COLUMNS]] for line in sheet.to_python(skip_empty_area=False)]


def plain(cell: Any) -> Any:
    """A cell as JSON has it; a moment loses its time."""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return cell if isinstance(cell, str | int | float | bool | None) else str(cell)


def main() -> int:
    """Read a workbook from standard input, write its cells to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        json.dump(cells_of(sys.stdin.buffer.read()), sys.stdout)
    except (CalamineError, OSError, MemoryError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
