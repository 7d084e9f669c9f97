"""A form of which only some answers may be changed: what is said at its places, and what was tried in vain."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from forms.builder.fields import type_of
from forms.builder.schema import FieldSchema
from forms.builder.scope import BLANK, EVERYTHING, Scope
from forms.builder.table_rows import TableRows, stored_rows

if TYPE_CHECKING:
    from forms.builder.answer_form import AnswerForm


@dataclass(frozen=True)
class Restriction:
    """What of a form may be changed, and remarks by path (a key, "table.row", "table.row.column"; "" for the form)."""

    scope: Scope = EVERYTHING
    remarks: Mapping[str, str] = field(default_factory=dict)

    def locks(self, key: str) -> bool:
        """Whether nothing of the question may be changed."""
        return not self.scope.touches(key)

    def of_tables(self, keys: Iterable[str]) -> "Restriction":
        """The same for single cells of tables alone: for whoever deals with locked questions otherwise."""
        if self.scope.is_everything:
            return self
        locked = frozenset(key for key in keys if self.locks(key))
        opened = Scope(questions=self.scope.questions | locked, columns=self.scope.columns, growing=self.scope.growing)
        return Restriction(opened, self.remarks)


@dataclass(frozen=True)
class Attempt:
    """An answer that came though it may not be changed: the question, the row (from 1; 0 for none), what was typed."""

    label: str
    row: int
    typed: str


def attempts(scope: Scope, names: Iterable[str], free: "AnswerForm") -> list[Attempt]:
    """What the names of a POST would have changed out of scope; `free` is the form of the same POST, unrestricted."""
    found: dict[str, Attempt] = {}
    for name in names:
        head, _dot, rest = name.partition(".")
        if head in free.tables:
            found.update(_in_table(scope, free, free.tables[head], rest))
            continue
        key = head if head in free.fields else head.rpartition("_")[0]
        one = next((one for one in free.schemas if one.key == key), None)
        if one is not None and not scope.allows(key):
            found.update(_differs(one, key, 0, free.stored.get(key), free.typed.get(key)))
    return list(found.values())


def _in_table(scope: Scope, free: "AnswerForm", table: TableRows, rest: str) -> Iterator[tuple[str, Attempt]]:
    number, _dot, column_key = rest.partition(".")
    if not number.isdecimal() or len(number) > len(str(len(table.forms))):
        return
    row, rows = int(number), stored_rows(free.stored.get(table.schema.key))
    key = column_key.partition(".")[0]
    path = f"{table.schema.key}.{row}.{key}"
    if row >= len(table.forms) or scope.allows(path) or table.schema.key in scope.questions:
        return
    column = next((one for one in table.columns if one.key == key), None)
    if column is not None:
        typed = table.forms[row].draft_answers().get(key)
        yield from _differs(column, path, row + 1, rows[row].get(key) if row < len(rows) else None, typed)


def _differs(one: FieldSchema, path: str, row: int, stored: Any, typed: Any) -> Iterator[tuple[str, Attempt]]:
    if stored != typed and not (stored in BLANK and typed in BLANK):
        shown = type_of(one).display(one, typed)
        words = shown.text or "、".join(str(ref.get("name", "")) for ref in shown.files)
        yield path, Attempt(one.label, row, words)
