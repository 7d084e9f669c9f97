"""The empty table to fill in, with a second sheet that explains it."""

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from portal.units.enums import ImportKind, Role, UnitKind
from portal.units.importing.columns import COLUMNS
from portal.units.importing.tables import MAX_ROWS

HEADING = PatternFill("solid", fgColor="E8EEF0")


def template_workbook(kind: ImportKind) -> bytes:
    """An XLSX file: headings on the first sheet, what each column means on the second."""
    columns = COLUMNS[kind]
    key, labels = ("kind", UnitKind.labels) if kind == ImportKind.UNITS else ("role", Role.labels)
    words = [str(label) for label in labels]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = str(kind.label)
    notes = book.create_sheet(_("How to fill it in"))
    notes.append([_("Column"), _("Needed"), _("What to write"), _("Example")])
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        cell = sheet.cell(row=1, column=number, value=str(column.title))
        cell.font, cell.fill = Font(bold=True), HEADING
        sheet.column_dimensions[letter].width = 28 if column.required else 18
        for row in range(2, 202):
            sheet.cell(row=row, column=number).number_format = "@"
        if column.key == key:
            choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{MAX_ROWS + 1}")
            sheet.add_data_validation(choice)
        notes.append([str(column.title), _("yes") if column.required else _("no"), str(column.hint), column.example])
    notes.append([])
    notes.append([str(next(column.title for column in columns if column.key == key)), "", "、".join(words)])
    for letter, width in zip("ABCD", (16, 10, 70, 30), strict=True):
        notes.column_dimensions[letter].width = width
    for line in notes.iter_rows():
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
