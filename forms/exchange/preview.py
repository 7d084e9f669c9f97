"""What a file would make, to read before it is made."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

from forms.builder.fields import FIELD_TYPES
from forms.builder.schema import FieldSchema, FormSchema


@dataclass(frozen=True)
class PreviewRow:
    """A question as it will be."""

    label: str
    type: Promise
    required: bool
    has_condition: bool
    is_column: bool = False


def preview_of(schema: FormSchema) -> list[PreviewRow]:
    """All questions in order, columns behind their table."""
    return [row for field in schema for row in rows_of(field)]


def rows_of(field: FieldSchema, *, is_column: bool = False) -> Iterator[PreviewRow]:
    """A question and its columns."""
    label = field.label or field.help_text
    yield PreviewRow(label, FIELD_TYPES[field.type].label, field.required, "show" in field.logic, is_column)
    for column in field.columns:
        yield from rows_of(column, is_column=True)
