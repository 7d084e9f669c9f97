"""The form that a unit fills in: built from a schema, it reads answers, keeps drafts and lists its errors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from forms.builder.answers import Answers, FileRef
from forms.builder.bound import DraftingForm
from forms.builder.fields import Sources, type_of
from forms.builder.fields.table import TableType
from forms.builder.layout import layout_of
from forms.builder.schema import FieldSchema, FormSchema
from forms.builder.table_rows import TableRows, initial_rows, row_form

ADD_ROW = ".add_row"
"""Name of the button that asks for one more row where there are no scripts; its value is the table's key. The dot keeps
it apart from every key."""


@dataclass(frozen=True)
class Fault:
    """One line of the error summary."""

    anchor: str
    place: str
    message: str


class AnswerForm(DraftingForm):
    """A form built from a schema. Draw it with {% crispy form %} inside a multipart form; load {{ form.media }}."""

    use_required_attribute = False

    class Media:
        css = {"all": ["css/forms.css"]}
        js = [forms.Script("js/form-table.js", defer=True)]

    def __init__(
        self,
        schema: FormSchema,
        sources: Sources,
        *,
        data: Any = None,
        files: Any = None,
        answers: Answers | None = None,
    ) -> None:
        self.form_schema = schema
        self.schemas = tuple(one for one in schema if type_of(one).takes_answer)  # type: ignore[misc]
        stored = answers or {}
        initial = {one.key: type_of(one).initial(one, stored.get(one.key)) for one in self.schemas}
        super().__init__(data, files, initial=initial)
        self.tables: dict[str, TableRows] = {}
        self.row_wanted: str = str(data.get(ADD_ROW) or "") if data is not None else ""
        """Key of the table for which one more row was asked for, without scripts."""
        for one in self.schemas:
            if isinstance(type_of(one), TableType):
                self.tables[one.key] = TableRows(
                    one,
                    row_form(one, sources),
                    data=data,
                    files=files,
                    rows=initial_rows(one, stored.get(one.key)),
                    one_more=self.row_wanted == one.key,
                )
            else:
                self.fields[one.key] = type_of(one).form_field(one, sources)

    @cached_property
    def helper(self) -> FormHelper:
        """How crispy-forms draws it; the page around it has the form tag, the token and the buttons."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        helper.layout = layout_of(self.form_schema)
        return helper

    def is_valid(self) -> bool:
        """Whether every answer is; never while one more row is asked for."""
        tables = [table.is_valid() for table in self.tables.values()]
        return super().is_valid() and all(tables) and not self.row_wanted

    def is_multipart(self) -> bool:
        """Always, since a table may hold files."""
        return True

    @property
    def shows_errors(self) -> bool:
        """Whether what is wrong is said: not to somebody who asked for one more row."""
        return self.is_bound and not self.row_wanted

    def uploads(self) -> dict[str, list[UploadedFile]]:
        """New, acceptable files by path: key, or "table.row.column" (row counts from 0 as in `answers`)."""
        found = self.new_files("")
        for key, table in self.tables.items():
            for number, row in enumerate(table.live_forms):
                found.update(row.new_files(f"{key}.{number}."))
        return found

    def store(self, stored: Mapping[str, list[FileRef]]) -> None:
        """Put stored files in the place of `uploads` (same paths): in both kinds of answers and in what is drawn."""
        for path, refs in stored.items():
            match path.split("."):
                case [key]:
                    self.store_file(key, refs)
                case [table, row, column]:
                    self.tables[table].live_forms[int(row)].store_file(column, refs)

    def answers(self) -> Answers:
        """The valid answers; call after is_valid() said yes. New files are missing until `store` has named them."""
        rows = {key: table.answers() for key, table in self.tables.items()}
        return self.in_order({**super().answers(), **{key: value for key, value in rows.items() if value}})

    def draft_answers(self) -> Answers:
        """What can be kept without requiring anything; what is not valid is kept as typed."""
        rows = {key: table.draft_answers() for key, table in self.tables.items()}
        return self.in_order({**super().draft_answers(), **{key: value for key, value in rows.items() if value}})

    def in_order(self, answers: Answers) -> Answers:
        """The answers in the order of the questions."""
        return {one.key: answers[one.key] for one in self.schemas if one.key in answers}

    def faults_listed(self) -> list[Fault]:
        """All faults, for the error summary."""
        return list(self.faults())

    def faults(self) -> Iterator[Fault]:
        """Everything that is wrong, in the order of the questions, each with the way there."""
        for one in self.schemas:
            if one.key in self.tables:
                yield from self.table_faults(one, self.tables[one.key])
            else:
                bound: Any = self[one.key]
                for message in bound.errors:
                    yield Fault(bound.anchor, one.label, str(message))

    def table_faults(self, schema: FieldSchema, table: TableRows) -> Iterator[Fault]:
        """What is wrong in a table: with its number of rows, and cell by cell."""
        for message in table.non_form_errors():
            yield Fault(f"id_{schema.key}", schema.label, str(message))
        for number, row in enumerate(table.live_forms, start=1):
            for column, bound in row.answerable():
                for message in bound.errors:
                    place = _("%(table)s, row %(row)d, %(column)s") % {
                        "table": schema.label,
                        "row": number,
                        "column": column.label,
                    }
                    yield Fault(bound.anchor, place, str(message))
