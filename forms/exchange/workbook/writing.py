"""Writing the workbook that a unit fills in, and the one that tells what is wrong."""

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from forms.builder.fields import Sources, type_of
from forms.builder.fields.base import LogicType
from forms.builder.fields.choice import ChoiceType, MultipleChoiceType
from forms.builder.fields.record import RecordType
from forms.builder.fields.yes_no import YesNoType
from forms.builder.schema import FieldSchema
from forms.builder.versions.wording import title_of, type_name
from forms.exchange.workbook.layout import (
    ANSWER,
    FIRST_QUESTION,
    FIRST_ROW,
    HINT,
    KEY,
    KEY_ROW,
    LABEL,
    QUESTIONS,
    Sheet,
)
from portal.audit.spreadsheets import cell_value
from portal.audit.xlsx import width_of

TOKEN_SHEET = "portal"  # noqa: S105 - a sheet's title
"""Hidden where Excel's menu does not bring it back; its first cell says whose workbook it is."""
CHOICE_SHEET = "choices"
MOST_CHOICES = 2000
HEADING = PatternFill("solid", fgColor="E6F1F3")
FIXED = PatternFill("solid", fgColor="F4F6F7")
WRONG = PatternFill("solid", fgColor="FCEBEA")
TEXT = "@"
UNLOCKED = Protection(locked=False)
SIGNED = "Portal"


@dataclass(frozen=True)
class Problem:
    """Something that cannot be taken: where it stands, and why."""

    sheet: str
    """Key of the sheet."""
    row: int
    """Row of the sheet from 1; 0 for the sheet as a whole."""
    key: str
    """Key of the question; empty for the row as a whole."""
    label: str
    message: str


@dataclass(frozen=True)
class Content:
    """What goes into the workbook."""

    sheets: Sequence[Sheet]
    cells: Mapping[str, Sequence[Mapping[str, Any]]]
    """By key of the sheet; values as they are to stand there."""
    about: Sequence[tuple[str, str]]
    advice: Sequence[str]
    token: str
    sources: Sources
    problems: Sequence[Problem] = field(default_factory=tuple)


def written(content: Content) -> bytes:
    """The workbook as XLSX."""
    book = Workbook()
    front = book.active
    assert isinstance(front, Worksheet)  # noqa: S101 - a new workbook has one
    _front(front, content)
    lists = book.create_sheet(CHOICE_SHEET)
    lists.sheet_state = "veryHidden"
    offered = _Lists(lists, content.sources)
    for sheet in content.sheets:
        page = book.create_sheet(sheet.title)
        if sheet.key == QUESTIONS:
            _questions(page, sheet, content, offered)
        else:
            _table(page, sheet, content, offered)
        page.protection.sheet = True
        page.protection.formatColumns = page.protection.formatRows = False
    hidden = book.create_sheet(TOKEN_SHEET)
    hidden["A1"] = content.token
    hidden.sheet_state = "veryHidden"
    if content.problems:
        _problems(book, content)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class _Lists:
    """Choices on a hidden sheet, one column a question: a drop-down of Excel's own holds 255 characters."""

    def __init__(self, page: Worksheet, sources: Sources) -> None:
        self._page, self._sources, self._columns = page, sources, 0

    def validation(self, one: FieldSchema) -> DataValidation | None:
        """The drop-down of a question; None where it has none."""
        labels = list(self._labels(one))
        if not labels or len(labels) > MOST_CHOICES:
            return None
        self._columns += 1
        for number, label in enumerate(labels, start=1):
            self._page.cell(number, self._columns, str(cell_value(label)))
        letter = get_column_letter(self._columns)
        rule = DataValidation(
            type="list", formula1=f"{CHOICE_SHEET}!${letter}$1:${letter}${len(labels)}", allow_blank=True
        )
        rule.error = _("Choose one of the list.")
        rule.errorTitle = title_of(one)[:30]
        return rule

    def _labels(self, one: FieldSchema) -> Iterable[str]:
        kind = type_of(one)
        if isinstance(kind, YesNoType):
            return [label for _code, label in kind.choices(one)]
        if isinstance(kind, ChoiceType | RecordType) and not isinstance(kind, MultipleChoiceType):
            return kind.offer(one, self._sources).labels.values()
        return []


def _front(page: Worksheet, content: Content) -> None:
    page.title = pgettext("workbook", "Instructions")
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 18, 90
    for label, text in content.about:
        page.append([label, str(cell_value(text))])
        page.cell(page.max_row, 1).font = Font(bold=True)
    page.append([])
    for number, line in enumerate(content.advice, start=1):
        page.append([number, line])
        page.cell(page.max_row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    page.protection.sheet = True


def _questions(page: Worksheet, sheet: Sheet, content: Content, offered: _Lists) -> None:
    page.append([pgettext("workbook", "Question"), pgettext("workbook", "Answer"), pgettext("workbook", "Note"), "key"])
    _style_headings(page, 1)
    for letter, width in zip("ABC", (36, 60, 48), strict=True):
        page.column_dimensions[letter].width = width
    page.column_dimensions["D"].hidden = True
    page.freeze_panes = "A2"
    given = next(iter(content.cells.get(sheet.key, ())), {})
    wrong = {one.key: one.message for one in content.problems if one.sheet == sheet.key}
    for row, one in enumerate(sheet.questions, start=FIRST_QUESTION):
        page.cell(row, LABEL, str(cell_value(title_of(one)))).fill = FIXED
        page.cell(row, HINT, str(cell_value(hint(one)))).font = Font(color="56636B")
        page.cell(row, KEY, one.key)
        cell = page.cell(row, ANSWER)
        _fill(cell, one, given.get(one.key), wrong.get(one.key))
        if rule := offered.validation(one):
            page.add_data_validation(rule)
            rule.add(cell.coordinate)
        for column in (LABEL, ANSWER, HINT):
            page.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")


def _table(page: Worksheet, sheet: Sheet, content: Content, offered: _Lists) -> None:
    page.append([one.key for one in sheet.questions])
    page.append([str(cell_value(title_of(one))) for one in sheet.questions])
    page.row_dimensions[KEY_ROW].hidden = True
    _style_headings(page, FIRST_ROW - 1)
    page.freeze_panes = f"A{FIRST_ROW}"
    wrong = {(one.row, one.key): one.message for one in content.problems if one.sheet == sheet.key}
    lines = content.cells.get(sheet.key, ())
    last = FIRST_ROW + max(sheet.most, len(lines)) - 1
    for column, one in enumerate(sheet.questions, start=1):
        page.column_dimensions[get_column_letter(column)].width = width_of(title_of(one))
        note = page.cell(FIRST_ROW - 1, column)
        note.comment = Comment(hint(one), SIGNED)
        for row in range(FIRST_ROW, last + 1):
            given = lines[row - FIRST_ROW].get(one.key) if row - FIRST_ROW < len(lines) else None
            _fill(page.cell(row, column), one, given, wrong.get((row, one.key)))
        if rule := offered.validation(one):
            page.add_data_validation(rule)
            letter = get_column_letter(column)
            rule.add(f"{letter}{FIRST_ROW}:{letter}{last}")


def _fill(cell: Cell | Any, one: FieldSchema, value: Any, wrong: str | None) -> None:
    cell.protection = UNLOCKED
    if type_of(one).logic_type_of(one) != LogicType.NUMBER:
        cell.number_format = TEXT
    if value not in (None, ""):
        if isinstance(value, datetime.date | datetime.time):
            value = value.isoformat() if not isinstance(value, datetime.datetime) else value.isoformat(" ", "minutes")
        cell.value = cell_value(value) if isinstance(value, str) else value
    if wrong:
        cell.fill = WRONG
        cell.comment = Comment(wrong, SIGNED)


def _problems(book: Workbook, content: Content) -> None:
    page = book.create_sheet(pgettext("workbook", "To be mended"), 0)
    book.active = 0
    page.append(
        [
            pgettext("workbook", "Sheet"),
            pgettext("workbook", "Cell"),
            pgettext("workbook", "Question"),
            pgettext("workbook", "What is wrong"),
        ]
    )
    _style_headings(page, 1)
    for letter, width in zip("ABCD", (24, 10, 32, 80), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
    titles = {sheet.key: sheet for sheet in content.sheets}
    for one in content.problems:
        sheet = titles[one.sheet]
        where = place(sheet, one)
        page.append([sheet.title, where, str(cell_value(one.label)), str(cell_value(one.message))])
        if where:
            link = page.cell(page.max_row, 2)
            link.hyperlink = f"#'{sheet.title}'!{where}"
            link.font = Font(color="0B5563", underline="single")
        page.cell(page.max_row, 4).alignment = Alignment(wrap_text=True, vertical="top")


def place(sheet: Sheet, problem: Problem) -> str:
    """B7; empty for the sheet as a whole."""
    if not problem.row:
        return ""
    if sheet.key == QUESTIONS:
        return f"{get_column_letter(ANSWER)}{problem.row}"
    keys = [one.key for one in sheet.questions]
    column = keys.index(problem.key) + 1 if problem.key in keys else 1
    return f"{get_column_letter(column)}{problem.row}"


def hint(one: FieldSchema) -> str:
    """What the form says at the question: what kind of answer, whether one is needed, its help."""
    needed = [pgettext("workbook", "required")] if one.required else []
    parts = [type_name(one.type), *needed, *([one.help_text] if one.help_text else [])]
    return "；".join(parts)


def _style_headings(page: Worksheet, row: int) -> None:
    for cell in page[row]:
        cell.font, cell.fill = Font(bold=True), HEADING
        cell.alignment = Alignment(wrap_text=True, vertical="top")
