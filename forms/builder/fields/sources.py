"""What a form being drawn takes from outside its schema."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django import forms

from forms.builder.answers import FileRef, is_table
from forms.builder.fields.directory import Entry, people_of, tasks_of, units_now
from forms.builder.schema import FieldSchema


class Sources:
    """What a form being drawn takes from outside its schema; worked out at most once a form."""

    def __init__(
        self,
        files: Mapping[str, FileRef] | None = None,
        file_url_name: str = "",
        *,
        unit_id: int | None = None,
        programme_id: int | None = None,
        answers: Mapping[str, Any] | None = None,
        system: Mapping[str, str] | None = None,
    ) -> None:
        self.files: dict[str, FileRef] = dict(files or {})
        """Files that may be kept, by uuid."""
        self.file_url_name = file_url_name
        self.unit_id = unit_id
        """The reporting unit: whose persons may be chosen."""
        self.programme_id = programme_id
        """The programme that the requirement belongs to: whose tasks may be chosen."""
        self.answers: Mapping[str, Any] = answers or {}
        """What is stored: whatever was chosen once stays choosable."""
        self.system: Mapping[str, str] = system or {}
        """What the server itself answers: unit, period, reporter, day of sending, by `options.source`."""
        self.built: dict[tuple[int, bool], tuple[FieldSchema, forms.Field]] = {}
        """Form fields by schema; the schema is kept, so that its identity stays its own."""

    def stored(self, key: str) -> Iterator[Any]:
        """Every stored answer to a question; of a table's column, those of all rows."""
        if key in self.answers:
            yield self.answers[key]
        yield from (row[key] for rows in self.stored_rows for row in rows if key in row)

    @cached_property
    def stored_rows(self) -> list[list[dict[str, Any]]]:
        """The stored rows of each table."""
        return [rows for rows in self.answers.values() if rows and is_table(rows)]

    @cached_property
    def units(self) -> list[Entry]:
        """Units that exist today, in the order of the tree."""
        return units_now()

    @cached_property
    def tasks(self) -> list[Entry]:
        """Tasks of the programme, or of every running one where the form belongs to none."""
        return tasks_of(self.programme_id)

    @cached_property
    def people(self) -> list[Entry]:
        """Who serves in the reporting unit today."""
        return people_of(self.unit_id)
