"""XLSForm workbooks as people make them in Excel."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl

from forms.builder.schema import FieldSchema, FormSchema
from forms.exchange.imported import ImportedForm
from forms.exchange.xlsform import sheet_process
from forms.exchange.xlsform.form_reader import FormReader
from forms.exchange.xlsform.workbook import write_xlsform

Rows = Iterable[Mapping[str, Any]]


def workbook(survey: Rows, choices: Rows = (), settings: Rows = ({"form_title": "调查"},), **others: Rows) -> bytes:
    """A workbook with these rows, each a mapping from heading to cell."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in {"survey": survey, "choices": choices, "settings": settings, **others}.items():
        lines = [dict(row) for row in rows]
        if not lines and title != "survey":
            continue
        headings = list(dict.fromkeys(heading for line in lines for heading in line))
        sheet = book.create_sheet(title)
        sheet.append(headings)
        for line in lines:
            sheet.append([line.get(heading) for heading in headings])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lists(**choices: str) -> list[dict[str, str]]:
    """Rows of the sheet choices: list → "name label, name label"."""
    return [
        {"list_name": name, "name": code, "label": label}
        for name, pairs in choices.items()
        for code, label in (pair.strip().split(" ", 1) for pair in pairs.split(","))
    ]


def read(data: bytes) -> ImportedForm:
    """The form in the workbook, read here and not in a process of its own: for many examples."""
    found = sheet_process.read(data)
    return FormReader(found["sheets"], found["names"], found["pyxform"]).read()


def written(schema: FormSchema) -> openpyxl.Workbook:
    """The portal's workbook, opened in Excel."""
    return openpyxl.load_workbook(io.BytesIO(write_xlsform(schema, slug="form")))


def saved(book: openpyxl.Workbook) -> bytes:
    """The workbook saved in Excel."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(book: openpyxl.Workbook, name: str, sheet: str = "survey", **cells: str | None) -> None:
    """Type into the cells of the row of that name."""
    rows = list(book[sheet].iter_rows())
    headings = [cell.value for cell in rows[0]]
    for row in rows[1:]:
        if row[headings.index("name")].value == name:
            for column, value in cells.items():
                row[headings.index(column)].value = value


def remove(book: openpyxl.Workbook, name: str, sheet: str = "survey") -> None:
    """Delete the row of that name."""
    rows = list(book[sheet].iter_rows())
    headings = [cell.value for cell in rows[0]]
    for number, row in enumerate(rows, start=1):
        if number > 1 and row[headings.index("name")].value == name:
            book[sheet].delete_rows(number)
            return


def field(form: ImportedForm, key: str) -> FieldSchema:
    """The question of that key, of a table too."""
    found = [one for field in form.schema for one in (field, *field.columns) if one.key == key]
    assert found, [one.key for one in form.schema]
    return found[0]
