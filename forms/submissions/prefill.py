"""What a new report begins with: constants, the unit and the person, the answers of last time."""

from typing import Any

from django.core.exceptions import ValidationError

from forms.builder.answers import SAME, Answers, file_refs
from forms.builder.fields import FieldType, Sources, type_of
from forms.builder.fields.table import TableType
from forms.builder.schema import FieldSchema
from forms.submissions.surroundings import Surroundings

TAKEN_OVER = frozenset({"last", "form"})
"""Prefilling with what the unit answered some time ago."""


def first_answers(around: Surroundings) -> Answers:
    """Answers of a report that nobody has begun. Those of last time are marked: somebody has to look at them.

    Whatever is no answer to the question as it is asked today is left out.
    """
    sources = around.sources({})
    found: Answers = {}
    same: dict[str, bool] = {}
    for one in around.schema:
        prefill = one.options.get("prefill") or {}
        answer = first_answer(one, prefill, around, sources)
        if answer in (None, [], {}):
            continue
        found[one.key] = answer
        if prefill.get("from") in TAKEN_OVER:
            same[one.key] = False
    return {**found, SAME: same} if same else found


def first_answer(one: FieldSchema, prefill: dict[str, Any], around: Surroundings, sources: Sources) -> Any:
    """The answer that a question begins with; None for none."""
    kind = type_of(one)
    match prefill.get("from"):
        case "last":
            answer = around.last.get(one.key)
            if isinstance(kind, TableType):
                return [fitting_cells(one, row, sources) for row in kind.rows(answer)]
        case "form":
            answer = around.reused.get(one.key)
        case "constant":
            return decoded(kind, one, prefill.get("value"), sources)
        case "unit":
            unit = around.expected.unit
            answer = {"unit": unit.pk, "name": unit.name} if one.type == "unit" else unit.name
        case "person":
            user = around.user
            answer = {"person": user.pk, "name": str(user)} if one.type == "person" else str(user)
        case _:
            return None
    return answer if fits(kind, one, answer, sources) else None


def fitting_cells(table: FieldSchema, row: Answers, sources: Sources) -> Answers:
    """The cells of a row that still answer their columns."""
    columns = [(column, row.get(column.key)) for column in table.columns]
    return {column.key: cell for column, cell in columns if fits(type_of(column), column, cell, sources, in_table=True)}


def decoded(kind: FieldType, one: FieldSchema, value: Any, sources: Sources) -> Any:
    """The answer that an editor's constant stands for: a code, or what a person would type."""
    try:
        return kind.decode(one, value, sources)
    except ValidationError:
        return None


def fits(kind: FieldType, one: FieldSchema, answer: Any, sources: Sources, *, in_table: bool = False) -> bool:
    """Whether the answer is one to the question today. Files stay with the report that they came with."""
    if answer is None or any(file_refs(answer)) or not kind.takes_answer or kind.is_computed:
        return False
    try:
        kind.validate(one, answer, sources, in_table=in_table)
    except ValidationError:
        return False
    return True
