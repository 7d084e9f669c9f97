"""What names mean in expressions: which question, of which kind, seen from where."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from forms.builder.fields import FIELD_TYPES
from forms.builder.fields.base import LogicType
from forms.builder.schema import FieldSchema

CALCULATED = {"text": LogicType.TEXT, "date": LogicType.DATE}
"""Of a calculated answer, by the option `result`."""


def kind_of(schema: FieldSchema) -> LogicType | None:
    """What expressions see of the answer; None where they cannot use it."""
    if schema.type == "calculated":
        return CALCULATED.get(schema.options.get("result", ""), LogicType.NUMBER)
    known = FIELD_TYPES.get(schema.type)
    return known.logic_type if known else None


@dataclass(frozen=True)
class Question:
    """A question that expressions may name."""

    name: str
    key: str
    kind: LogicType | None
    table: str = ""
    """Key of the table whose column it is."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """Of a choice: names in the workbook → codes, where they differ."""

    @property
    def path(self) -> str:
        """Its path in JsonLogic, seen from the same row or from anywhere for a question outside tables."""
        return f"row.{self.key}" if self.table else f"answers.{self.key}"


@dataclass(frozen=True)
class Scope:
    """All questions, and the place where an expression stands."""

    questions: tuple[Question, ...]
    table: str = ""
    """Key of the table in whose row it stands."""
    own: Question | None = None
    """The question that a dot means."""

    def at(self, *, table: str = "", own: Question | None = None) -> Self:
        """The same questions seen from another place."""
        return replace(self, table=table, own=own)

    def by_name(self, name: str) -> Question | None:
        """The question of that name in the workbook."""
        return next((one for one in self.questions if one.name == name), None)

    def by_key(self, key: str, table: str = "") -> Question | None:
        """The question of that key."""
        return next((one for one in self.questions if one.key == key and one.table == table), None)
