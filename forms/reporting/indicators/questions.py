"""The questions of a form as an indicator sees them: by label, with what can be made of their answers.

A question is named by its key, a table's column by "table.column"; a key stays the same over all versions of a form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forms.builder.fields import FIELD_TYPES, FieldType
from forms.builder.fields.base import LogicType
from forms.builder.fields.choice import ChoiceType, choices_of
from forms.builder.fields.table import TableType
from forms.builder.fields.yes_no import YesNoType
from forms.builder.schema import FieldSchema, FormSchema
from forms.reporting.indicators.enums import Aggregation
from forms.reporting.indicators.rules import allowed_for, codes_of

SEPARATOR = "."


@dataclass(frozen=True)
class Question:
    """A question or a column of a table, in one version of the form."""

    path: str
    schema: FieldSchema
    kind: FieldType
    table: FieldSchema | None = None

    @property
    def label(self) -> str:
        """The label; that of a column after its table's."""
        return f"{self.table.label} › {self.schema.label}" if self.table else self.schema.label

    @property
    def logic_type(self) -> LogicType | None:
        """What its answers are."""
        return self.kind.logic_type_of(self.schema)

    @property
    def is_sensitive(self) -> bool:
        """Whether its answers stay out of what others see."""
        return self.kind.is_sensitive(self.schema) or bool(self.table and self.table.options.get("sensitive"))

    @property
    def aggregations(self) -> tuple[Aggregation, ...]:
        """What can be made of its answers."""
        return allowed_for(self.logic_type, is_sensitive=self.is_sensitive)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Codes and labels of what can be chosen; empty for every other type, and where the answers are sensitive."""
        if self.is_sensitive:
            return []
        if isinstance(self.kind, ChoiceType):
            return choices_of(self.schema)
        return self.kind.choices(self.schema) if isinstance(self.kind, YesNoType) else []

    @property
    def unit(self) -> str:
        """The unit of measure of a number."""
        unit_of = getattr(self.kind, "unit_of", None)
        return str(unit_of(self.schema)) if unit_of else ""

    def value(self, cells: Any) -> Any:
        """The answer as expressions see it, out of the answers that stand beside one another; None for blank."""
        return self.kind.logic_value(self.schema, cells.get(self.schema.key)) if isinstance(cells, dict) else None


def questions(schema: FormSchema) -> Iterator[Question]:
    """Everything that can be counted in a form, in its order; of types that this portal knows."""
    for one in schema:
        kind = FIELD_TYPES.get(one.type)
        if kind is None or not kind.takes_answer:
            continue
        yield Question(one.key, one, kind)
        if isinstance(kind, TableType):
            for column, column_kind in kind.asked_columns(one):
                yield Question(f"{one.key}{SEPARATOR}{column.key}", column, column_kind, one)


def find(schema: FormSchema, path: str) -> Question | None:
    """The question at a path; None where this version does not ask it."""
    return next((one for one in questions(schema) if one.path == path), None)


def top_key(path: str) -> str:
    """The key under which the answer, or the table it stands in, is stored."""
    return path.partition(SEPARATOR)[0]


@dataclass(frozen=True)
class Reader:
    """Reads the values of one question out of answers, those only that the filter lets through."""

    question: Question
    filtered_by: Question | None = None
    filter_code: str = ""

    def values(self, answers: dict[str, Any]) -> list[Any]:
        """The values of one report: one of a plain question, one for each row of a table or of a column in it."""
        question = self.question
        is_table = isinstance(question.kind, TableType)
        if question.table is None and not is_table:
            return [question.value(answers)] if self._passes(answers, answers) else []
        rows = answers.get(question.table.key if question.table else question.schema.key)
        given = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        passing = [row for row in given if self._passes(answers, row)]
        return list(passing) if is_table else [question.value(row) for row in passing]

    def _passes(self, answers: dict[str, Any], cells: dict[str, Any]) -> bool:
        if self.filtered_by is None:
            return True
        beside = cells if self.filtered_by.table else answers
        return self.filter_code in codes_of(self.filtered_by.value(beside))
