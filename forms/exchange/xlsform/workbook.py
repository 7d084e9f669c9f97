"""Rows as an XLSX file. The same rows give the same bytes, so that files can be compared."""

import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font

from forms.builder.schema import FormSchema
from forms.exchange.xlsform.sheets import (
    CHOICE_COLUMNS,
    PORTAL_COLUMNS,
    SETTING_COLUMNS,
    SURVEY_COLUMNS,
    Cells,
    Sheets,
)
from forms.exchange.xlsform.survey_writer import sheets_of

MOMENT = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
"""Stands in the file's properties instead of the time of writing."""

WIDTHS = {
    "type": 24,
    "name": 24,
    "label": 44,
    "hint": 36,
    "relevant": 36,
    "constraint": 30,
    "list_name": 24,
    "json": 80,
}
USUAL_WIDTH = 16
HEADING = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")


def write_xlsform(schema: FormSchema, *, slug: str) -> bytes:
    """The form as an XLSForm workbook."""
    return workbook_of(sheets_of(schema, slug=slug))


def workbook_of(sheets: Sheets) -> bytes:
    """The file: survey, choices and settings as the standard has them, and the portal's own sheet."""
    book = Workbook(write_only=True)
    add_sheet(book, "survey", SURVEY_COLUMNS, sheets.survey)
    add_sheet(book, "choices", CHOICE_COLUMNS, sheets.choices)
    add_sheet(book, "settings", SETTING_COLUMNS, [sheets.settings])
    add_sheet(book, "portal", PORTAL_COLUMNS, sheets.portal)
    out = io.BytesIO()
    book.save(out)
    return without_times(out.getvalue())


def add_sheet(book: Workbook, title: str, columns: Sequence[str], rows: Iterable[Cells]) -> None:
    """One sheet with its headings; every cell is text, also one that begins like a formula."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for letter, column in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", columns, strict=False):
        sheet.column_dimensions[letter].width = WIDTHS.get(column, USUAL_WIDTH)

    def text(value: str, font: Font | None = None) -> Cell:
        cell: Cell = WriteOnlyCell(sheet)
        cell.value = value.replace("_x", "_x005F_x") if title != "portal" else value
        cell.data_type = "s"
        cell.alignment = WRAPPED
        if font:
            cell.font = font
        return cell

    sheet.append([text(column, HEADING) for column in columns])
    for row in rows:
        sheet.append([text(row[column]) if row.get(column) else None for column in columns])


def without_times(data: bytes) -> bytes:
    """The same package without the time at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "docProps/core.xml":
                content = PROPERTIES
            target.writestr(zipfile.ZipInfo(member.filename, MOMENT.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
