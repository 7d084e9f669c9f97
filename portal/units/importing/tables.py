"""Reading a table out of a file: XLSX, or CSV in the encodings that Excel and WPS write; no formula is run."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.files.workbooks import TooLongError, UnreadableError, first_sheet
from portal.units.enums import ImportKind
from portal.units.importing.columns import COLUMNS, Column
from portal.units.naming import tidy

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5_000
MAX_SHEET_ROWS = 50_000
MAX_COLUMNS = 200
"""Cells to the right of these belong to no table of units or people."""
MAX_UNPACKED = 60 * 1024 * 1024
HEADING_WITHIN = 5
"""A title may stand above the headings; they are looked for in the first rows."""

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
ENCODINGS = ("utf-8-sig", "gb18030")
FORMULA_SIGNS = tuple("=+-@＝＋－＠")


class TableError(Exception):
    """The file cannot be read as a table; the message says what to do."""


@dataclass(frozen=True)
class Row:
    """One row: its number in the sheet as the person sees it, and its cells by column key."""

    number: int
    values: dict[str, str]

    def get(self, key: str) -> str:
        """The cell, empty where the column is missing."""
        return self.values.get(key, "")


@dataclass(frozen=True)
class Table:
    """Rows with something in them, and headings that nobody knows."""

    rows: tuple[Row, ...]
    ignored_columns: tuple[str, ...] = ()


def read_cells(data: bytes) -> list[list[str]]:
    """The cells of the first sheet as text. What the file is, its content says, not its name."""
    if len(data) > MAX_BYTES:
        raise TableError(_("The file is larger than 5 MB. Split it into several tables."))
    if not data.strip():
        raise TableError(_("The file is empty. Choose the table that you have filled in."))
    if data.startswith(OLD_OFFICE):
        raise TableError(
            _("The file is an old Excel format or is protected by a password. Save it as .xlsx without a password.")
        )
    return _read_workbook(data) if data.startswith(ZIP) else _read_text(data)


def read_table(kind: ImportKind, cells: Sequence[Sequence[str]]) -> Table:
    """Find the headings, and take the rows below them by column."""
    columns = COLUMNS[kind]
    heading = next((row for row in range(min(HEADING_WITHIN, len(cells))) if _is_heading(columns, cells[row])), None)
    if heading is None:
        needed = "、".join(str(column.title) for column in columns if column.required)
        raise TableError(
            _("The headings were not found. The first row must have at least: %(columns)s.") % {"columns": needed}
        )
    places = _places(columns, cells[heading])
    known = set(places.values())
    ignored = tuple(cell for place, cell in enumerate(cells[heading]) if cell and place not in known)
    rows = [
        Row(number, {key: line[place].strip() if place < len(line) else "" for key, place in places.items()})
        for number, line in enumerate(cells[heading + 1 :], start=heading + 2)
    ]
    filled = tuple(row for row in rows if any(row.values.values()))
    if not filled:
        raise TableError(_("The table has headings and no rows. Fill it in and upload it again."))
    if len(filled) > MAX_ROWS:
        raise TableError(_("The table has more than 5,000 rows. Split it into several tables."))
    return Table(filled, ignored)


def _is_heading(columns: tuple[Column, ...], line: Sequence[str]) -> bool:
    places = _places(columns, line)
    return all(column.key in places for column in columns if column.required)


def _places(columns: tuple[Column, ...], headings: Sequence[str]) -> dict[str, int]:
    """Column key → place. Where two headings mean one column, the one that its name lists first is taken."""
    plain = [tidy(heading).casefold().rstrip("*").removesuffix("(必填)") for heading in headings]
    places: dict[str, int] = {}
    for column in columns:
        names = [tidy(name).casefold() for name in (str(column.title), *column.names)]
        found = [(names.index(name), place) for place, name in enumerate(plain) if name in names]
        found = [pair for pair in found if pair[1] not in places.values()]
        if found:
            places[column.key] = min(found)[1]
    return places


def _read_workbook(data: bytes) -> list[list[str]]:
    not_a_workbook = _("The file is not an Excel workbook (.xlsx). Save the table as .xlsx or .csv and upload that.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if "xl/workbook.xml" not in {member.filename for member in members}:
                raise TableError(not_a_workbook)
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise TableError(_("The file is larger than 5 MB. Split it into several tables."))
        cells = first_sheet(data, most_rows=MAX_SHEET_ROWS, most_columns=MAX_COLUMNS)
        return [[_text(cell) for cell in line] for line in cells]
    except TooLongError as error:
        raise TableError(_("The table has more than 5,000 rows. Split it into several tables.")) from error
    except (zipfile.BadZipFile, UnreadableError, OSError) as error:
        raise TableError(not_a_workbook) from error


def _read_text(data: bytes) -> list[list[str]]:
    wrong_type = _("The file is neither an Excel workbook (.xlsx) nor a CSV table. Upload one of these.")
    if b"\x00" in data:
        raise TableError(wrong_type)
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise TableError(wrong_type)
    head = text[: text.find("\n") if "\n" in text else None]
    delimiter = max(",\t;", key=head.count)
    try:
        return [[_text(cell) for cell in line] for line in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise TableError(wrong_type) from error


def _text(cell: Any) -> str:
    """A cell as the person sees it: 13800138000.0 is a telephone number."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    # Our own exports put an apostrophe before what a spreadsheet would take for a formula.
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text
