"""From the cells of a workbook to answers, and to what is wrong with them. Each cell is read as the form reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forms.builder.fields import Sources, type_of
from forms.builder.schema import FieldSchema
from forms.builder.versions.wording import title_of
from forms.exchange.workbook.layout import ANSWER, FIRST_QUESTION, FIRST_ROW, KEY, KEY_ROW, QUESTIONS, Sheet
from forms.exchange.workbook.writing import Problem
from portal.files.workbooks import Cells

APOSTROPHE = "'"
"""What the portal writes before a text that a spreadsheet program would run."""


@dataclass
class Checked:
    """What a workbook holds."""

    answers: dict[str, Any] = field(default_factory=dict)
    """Good answers by key of the question; of a table its good rows. A question without a valid answer is left out."""
    emptied: set[str] = field(default_factory=set)
    """Questions whose cells are blank."""
    typed: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """What stands in the cells, by key of the sheet: to be written back."""
    problems: list[Problem] = field(default_factory=list)
    good_rows: int = 0
    bad_rows: int = 0


def matched(sheets: Sequence[Sheet], found: Mapping[str, Cells]) -> dict[str, Cells]:
    """The cells of each sheet by its key: known by the hidden keys, however the sheet is called by now; else by title.

    A workbook may have been made in one language and come back in another.
    """
    by_key: dict[str, Cells] = {}
    for sheet in sheets:
        wanted = {one.key for one in sheet.questions}
        fitting = [cells for cells in found.values() if wanted <= keys_in(sheet, cells)]
        if not fitting and sheet.title in found:
            fitting = [found[sheet.title]]
        if fitting:
            by_key[sheet.key] = fitting[0]
    return by_key


def keys_in(sheet: Sheet, cells: Cells) -> set[str]:
    """The texts where the sheet's hidden keys should stand."""
    if sheet.key == QUESTIONS:
        return {_text(_at(line, KEY)) for line in cells}
    return {_text(value) for value in (cells[KEY_ROW - 1] if cells else ())}


def checked(sheets: Sequence[Sheet], found: Mapping[str, Cells], sources: Sources) -> Checked:
    """Read the matched sheets; one that is missing, or has lost its hidden keys, is one problem and changes nothing."""
    result = Checked()
    for sheet in sheets:
        cells = found.get(sheet.key)
        if cells is None:
            said = _("This sheet is missing. What it asks for stays as it is in the report.")
            result.problems.append(Problem(sheet.key, 0, "", sheet.title, said))
        elif sheet.key == QUESTIONS:
            _questions(sheet, cells, sources, result)
        else:
            _rows(sheet, cells, sources, result)
    return result


def _questions(sheet: Sheet, cells: Cells, sources: Sources, result: Checked) -> None:
    rows = {_text(_at(line, KEY)): (number, _at(line, ANSWER)) for number, line in enumerate(cells, start=1)}
    typed: dict[str, Any] = {}
    for number, one in enumerate(sheet.questions, start=FIRST_QUESTION):
        row, value = rows.get(one.key, (0, None))
        if not row:
            said = _("The row of this question is missing. Its answer stays as it is in the report.")
            result.problems.append(Problem(sheet.key, number, one.key, title_of(one), said))
            continue
        typed[one.key] = value
        try:
            answer = read(one, value, sources)
        except ValidationError as error:
            result.problems.append(Problem(sheet.key, number, one.key, title_of(one), " ".join(error.messages)))
            continue
        if answer is None:
            result.emptied.add(one.key)
        else:
            result.answers[one.key] = answer
    result.typed[sheet.key] = [typed]


def _rows(sheet: Sheet, cells: Cells, sources: Sources, result: Checked) -> None:
    keys = [_text(value) for value in (cells[KEY_ROW - 1] if cells else ())]
    if not {one.key for one in sheet.questions} <= set(keys):
        said = _(
            "The hidden first row of this sheet is damaged. Download the workbook again and copy your rows into it."
        )
        result.problems.append(Problem(sheet.key, 0, "", sheet.title, said))
        return
    places = {one.key: keys.index(one.key) + 1 for one in sheet.questions}
    good: list[dict[str, Any]] = []
    typed: list[dict[str, Any]] = []
    for line in cells[FIRST_ROW - 1 :]:
        values = {one.key: _at(line, places[one.key]) for one in sheet.questions}
        if all(_text(value) == "" for value in values.values()):
            continue
        at = FIRST_ROW + len(typed)
        typed.append(values)
        row, problems = _row(sheet, at, values, sources)
        if len(good) >= sheet.most:
            said = _("The table takes at most %(count)d rows.") % {"count": sheet.most}
            problems = [Problem(sheet.key, at, sheet.questions[0].key, title_of(sheet.questions[0]), said)]
        if problems:
            result.problems += problems
            result.bad_rows += 1
        else:
            good.append(row)
            result.good_rows += 1
    result.typed[sheet.key] = typed
    if good:
        result.answers[sheet.key] = good
    elif not typed:
        result.emptied.add(sheet.key)


def _row(
    sheet: Sheet, number: int, values: Mapping[str, Any], sources: Sources
) -> tuple[dict[str, Any], list[Problem]]:
    row: dict[str, Any] = {}
    problems = []
    for one in sheet.questions:
        try:
            answer = read(one, values[one.key], sources, in_table=True)
        except ValidationError as error:
            problems.append(Problem(sheet.key, number, one.key, title_of(one), " ".join(error.messages)))
            continue
        if answer is not None:
            row[one.key] = answer
    return row, problems


def read(one: FieldSchema, value: Any, sources: Sources, *, in_table: bool = False) -> Any:
    """The answer that a cell stands for; ValidationError where it stands for none."""
    return type_of(one).decode(one, _text(value), sources, in_table=in_table)


def _at(line: Sequence[Any], column: int) -> Any:
    return line[column - 1] if len(line) >= column else None


def _text(value: Any) -> str:
    """A cell as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    text = repr(value) if isinstance(value, float) else str(value)
    return text.removeprefix(APOSTROPHE).strip()
