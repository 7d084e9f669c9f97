"""From a schema to a form that people fill in, and from answers back to words.

This module is what the other rooms use: `build_form`, `check_answers`, `display`, `searchable_text`, `searchable_rows`,
`sensitive_files`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from forms.builder.answer_form import AnswerForm
from forms.builder.answers import REASONS, Answers, DisplayRow, FileRef, file_refs, with_files
from forms.builder.checking import Fault, check_answers
from forms.builder.fields import Sources, type_of
from forms.builder.fields.table import TableType
from forms.builder.logic.outcome import LogicContext
from forms.builder.logic.state import state_of
from forms.builder.pages import FormPart
from forms.builder.restricting import Restriction
from forms.builder.schema import FieldSchema, FormSchema

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

BLANK: tuple[Any, ...] = (None, "", [], {})


def build_form(
    schema: FormSchema,
    *,
    data: "QueryDict | Mapping[str, Any] | None" = None,
    files: "MultiValueDict[str, UploadedFile] | None" = None,
    answers: Answers | None = None,
    stored_files: Mapping[str, FileRef] | None = None,
    file_url_name: str = "",
    context: LogicContext | None = None,
    part: FormPart | None = None,
    checked: bool = False,
    restriction: Restriction | None = None,
    **known: Any,
) -> AnswerForm:
    """The form of a schema: bound when `data` is given, else showing `answers`.

    `stored_files` (uuid → FileRef) are the files that this report owns: only those can be kept by a POST; without it,
    those named in `answers`. `file_url_name` is the URL name (one argument: the uuid) under which kept files are read.
    Give `answers` with `data` too: what was chosen earlier stays choosable after it has been retired or has ceased
    to exist. `context` is what conditions know beside the answers, `part` the page to show instead of the whole;
    `checked` says what is wrong with stored answers; `restriction` what of the form may be changed; `known` goes to
    `Sources`: unit_id, programme_id, system.
    """
    kept = stored_files if stored_files is not None else {ref["file"]: ref for ref in file_refs(answers or {})}
    sources = Sources(files=kept, file_url_name=file_url_name, answers=answers, **known)
    return AnswerForm(
        schema,
        sources,
        data=data,
        files=files,
        answers=answers,
        context=context,
        part=part,
        checked=checked,
        restriction=restriction,
    )


def display(schema: FormSchema, answers: Answers, *, context: LogicContext | None = None) -> list[DisplayRow]:
    """The answers in words, for reading; never keys. Draw them with the template builder/answers.html.

    With a `context`, questions that were not asked and have no answer are left out, as on the page that was sent.
    """
    hidden = state_of(schema, answers, context).hidden if context else frozenset()
    reasons = reasons_in_words(schema, answers)
    return [
        replace(type_of(one).display(one, answers.get(one.key)), reasons=tuple(reasons.get(one.key, ())))
        for one in schema
        if type_of(one).is_read and not (one.key in hidden and answers.get(one.key) in BLANK)
    ]


def reasons_in_words(schema: FormSchema, answers: Answers) -> dict[str, list[tuple[str, str]]]:
    """Why warnings were passed over, by the question at which they stood: what was said, and the explanation."""
    rules = {rule.key: rule for rule in schema.rules}
    found: dict[str, list[tuple[str, str]]] = {}
    for name, reason in (answers.get(REASONS) or {}).items():
        key, _dot, row = name.partition(".")
        if key in rules:
            said = rules[key].message
            words = _("Row %(row)d: %(warning)s") % {"row": int(row) + 1, "warning": said} if row.isdecimal() else said
            found.setdefault(rules[key].at.partition(".")[0], []).append((words, str(reason)))
    return found


@dataclass(frozen=True)
class SearchableRow:
    """One row of a table in words for the index."""

    path: str
    """Where it stands among the answers, and on the page under the id "cell-" and this: "table.row", from 0."""
    table: str
    """Label of the table."""
    number: int
    """As readers count the rows, from 1."""
    text: str


def searchable_text(schema: FormSchema, answers: Answers) -> str:
    """Labels and values in words for the index, without sensitive fields, and without what stands in tables."""
    lines = (type_of(one).searchable(one, answers.get(one.key)) for one in schema if not _is_table(one))
    return "\n".join(line for line in lines if line)


def searchable_rows(schema: FormSchema, answers: Answers) -> Iterator[SearchableRow]:
    """The rows of the tables for the index, without sensitive tables and columns; rows that say nothing else too."""
    for one in schema:
        kind = type_of(one)
        if not isinstance(kind, TableType) or kind.is_sensitive(one):
            continue
        for place, row in enumerate(kind.rows(answers.get(one.key))):
            if text := kind.row_in_words(one, row):
                yield SearchableRow(f"{one.key}.{place}", one.label, place + 1, text)


def _is_table(one: FieldSchema) -> bool:
    return isinstance(type_of(one), TableType)


def has_sensitive(schema: FormSchema) -> bool:
    """Whether any question, or any column of a table, asks for personal or sensitive data."""
    return any(type_of(one).is_sensitive(one) for field in schema for one in (field, *field.columns))


def sensitive_files(schema: FormSchema, answers: Answers) -> frozenset[str]:
    """Numbers of the files that answer sensitive questions: like other sensitive answers they stay out of the index."""
    found: set[str] = set()
    for field in schema:
        answer = answers.get(field.key)
        if type_of(field).is_sensitive(field):
            found.update(ref["file"] for ref in file_refs(answer))
            continue
        hidden = [column.key for column in field.columns if type_of(column).is_sensitive(column)]
        rows = answer if hidden and isinstance(answer, list) else []
        found.update(ref["file"] for row in rows for key in hidden for ref in file_refs(row.get(key)))
    return frozenset(found)


__all__ = [
    "AnswerForm",
    "Answers",
    "DisplayRow",
    "Fault",
    "FileRef",
    "SearchableRow",
    "build_form",
    "check_answers",
    "display",
    "file_refs",
    "has_sensitive",
    "searchable_rows",
    "searchable_text",
    "sensitive_files",
    "with_files",
]
