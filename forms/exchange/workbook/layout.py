"""Which questions stand on which sheet. Pure.

The first sheet has a row for each single question; each table has a sheet with a column for each of its questions.
Keys stand in a hidden column or row, so that a heading may be in any language and twice the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from forms.builder.fields import type_of
from forms.builder.fields.table import limits
from forms.builder.schema import FieldSchema, FormSchema
from portal.audit.xlsx import free_title

QUESTIONS = ""
"""Key of the sheet of single questions."""
NOT_IN_CELLS = frozenset({"file", "photo", "signature"})
"""Types whose answers nobody can type."""
KEY_ROW, FIRST_ROW = 1, 3
"""Of a table's sheet, counted from 1: the hidden keys, headings, and from here on rows."""
FIRST_QUESTION = 2
LABEL, ANSWER, HINT, KEY = 1, 2, 3, 4
"""Columns of the sheet of single questions."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: the single questions, or one table."""

    key: str
    title: str
    questions: tuple[FieldSchema, ...]
    most: int = 0
    """Rows that a table may have."""


def in_cells(one: FieldSchema) -> bool:
    """Whether a question can be answered in a cell."""
    kind = type_of(one)
    return kind.takes_answer and not kind.is_computed and one.type not in NOT_IN_CELLS and not one.columns


def sheets_for(schema: FormSchema, questions_title: str, reserved: Iterable[str] = ()) -> list[Sheet]:
    """The sheets in the order of the form; without single questions, or without such columns, there is none.

    `reserved` are titles that other sheets of the workbook have.
    """
    single = tuple(one for one in schema if in_cells(one))
    taken = [questions_title, *reserved]
    found = [Sheet(QUESTIONS, questions_title, single)] if single else []
    for one in schema:
        columns = tuple(column for column in one.columns if in_cells(column))
        if columns:
            taken.append(free_title(one.label, taken))
            found.append(Sheet(one.key, taken[-1], columns, limits(one)[1]))
    return found


def cells_of(sheet: Sheet, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Answers as cells: one mapping for the single questions, one for each row of a table."""
    if sheet.key == QUESTIONS:
        return [{one.key: type_of(one).cell(one, answers.get(one.key)) for one in sheet.questions}]
    rows = answers.get(sheet.key)
    lines = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [{one.key: type_of(one).cell(one, row.get(one.key)) for one in sheet.questions} for row in lines]
