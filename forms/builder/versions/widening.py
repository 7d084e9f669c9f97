"""Changing a question's type with its key kept, and carrying answers from one version of a form to another. Pure.

A type may widen to one for which every answer of its own is valid (FieldType.widens_to): short text to long text, one
choice to several. Any other change of type would make stored answers unreadable and is refused once there are some.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from forms.builder.answers import Answers
from forms.builder.fields import COLUMN_TYPES, FIELD_TYPES, FieldType, type_of
from forms.builder.fields.table import TableType
from forms.builder.schema import FieldSchema, FormSchema


@dataclass(frozen=True)
class TypeChange:
    """A question whose type is another than in an earlier version. `path` is "key" or "table.column"."""

    path: str
    label: str
    old: str
    new: str

    @property
    def is_widening(self) -> bool:
        """Whether every answer to the old type is one to the new."""
        return widens(self.old, self.new)


def widens(old: str, new: str) -> bool:
    """Whether a type widens to another, in one step or several; every type does to itself."""
    reached, seen = [old], {old}
    while reached:
        kind = FIELD_TYPES.get(reached.pop())
        fresh = set(kind.widens_to) - seen if kind else set()
        seen |= fresh
        reached.extend(fresh)
    return new in seen


def offered(schema: FieldSchema, *, in_table: bool = False) -> list[FieldType]:
    """The types that the question may be widened to."""
    if schema.type not in FIELD_TYPES:
        return []
    known = COLUMN_TYPES if in_table else FIELD_TYPES
    return [known[name] for name in FIELD_TYPES[schema.type].widens_to if name in known]


def widened(schema: FieldSchema, kind: FieldType) -> FieldSchema:
    """The same question with the other type; settings that the type does not have are gone."""
    narrow = type_of(schema)
    gone = narrow.option_blocks().keys() - kind.option_blocks().keys()
    options = {name: value for name, value in narrow.wider_options(schema).items() if name not in gone}
    return kind.schema(schema.key, kind.raw(replace(schema, type=kind.name, options=options)))


def type_changes(past: Iterable[FormSchema], new: FormSchema) -> list[TypeChange]:
    """Questions and columns of the new schema that had another type in any earlier one, each pair of types once."""
    now = dict(placed(new))
    found: dict[tuple[str, str], TypeChange] = {}
    for schema in past:
        for path, field in placed(schema):
            one = now.get(path)
            if one is not None and one.type != field.type:
                found[path, field.type] = TypeChange(path, one.label, field.type, one.type)
    return list(found.values())


def placed(schema: FormSchema) -> Iterator[tuple[str, FieldSchema]]:
    """Every question and column by path."""
    for field in schema:
        yield field.key, field
        yield from ((f"{field.key}.{column.key}", column) for column in field.columns)


def carried(answers: Mapping[str, Any], old: FormSchema, new: FormSchema) -> Answers:
    """The answers to the old version as answers to the new one: by key, widened where the type was.

    Answers to questions that the new version does not ask are left out, and so are those of a type that does not
    widen; what stands beside the answers (reasons, marks) stays.
    """
    before = {one.key: one for one in old}
    beside = {key: value for key, value in answers.items() if key.startswith(".")}
    found = {
        one.key: value
        for one in new
        if one.key in answers
        and one.key in before
        and (value := carried_answer(answers[one.key], before[one.key], one)) is not None
    }
    return {**found, **beside}


def carried_answer(answer: Any, old: FieldSchema, new: FieldSchema) -> Any:
    """One answer carried over; None where it cannot be."""
    if answer is None or not widens(old.type, new.type):
        return None
    if isinstance(type_of(new), TableType):
        rows = answer if isinstance(answer, list) else []
        return [carried_row(row, old, new) for row in rows if isinstance(row, dict)] or None
    if old.type == new.type:
        return answer
    return type_of(new).widened(new, answer, in_words=type_of(old).in_words(old, answer))


def carried_row(row: Mapping[str, Any], old: FieldSchema, new: FieldSchema) -> Answers:
    """One row of a table carried over."""
    before = {one.key: one for one in old.columns}
    return {
        one.key: value
        for one in new.columns
        if one.key in row
        and one.key in before
        and (value := carried_answer(row[one.key], before[one.key], one)) is not None
    }
