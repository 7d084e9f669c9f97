"""What answers look like, stored and in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.builder.drawings import Drawing

FileRef = dict[str, Any]
"""A stored file as answers name it: {"file": "<uuid>", "name": "照片.jpg", "size": 12345}."""

FILE_REF = frozenset({"file", "name", "size"})

Answers = dict[str, Any]
"""Answers under stable keys; what was not answered is absent. A table's answer is a list of such mappings, one a row;
a file question's answer is a list of FileRef."""


REASONS = ".reasons"
"""Beside the answers: why a warning was passed over, by the check's key (in a table "check.row", rows from 0)."""

SAME = ".same"
"""Beside the answers: keys of questions prefilled from the last accepted report → whether the reporter has confirmed
that nothing has changed. Both names start with a dot, which no key of a question can."""


@dataclass(frozen=True)
class DisplayRow:
    """One answer in words. kind: "section" | "text" | "table" | "files" | "drawing"."""

    label: str
    kind: str
    text: str = ""
    files: tuple[FileRef, ...] = ()
    columns: tuple[str, ...] = ()
    groups: tuple[tuple[str, int], ...] = ()
    """Headings over groups of columns, each with how many columns it spans."""
    rows: tuple[tuple["DisplayRow", ...], ...] = ()
    totals: tuple[str, ...] = ()
    """Below a table, one a column; empty where no column has a total."""
    reasons: tuple[tuple[str, str], ...] = ()
    """Warnings that were explained: what was said, and the explanation."""
    is_number: bool = False
    drawing: Drawing | None = None
    href: str = ""
    """Where a text leads: http(s), mailto or tel, made by the field type from an answer that it has checked."""
    key: str = field(default="", repr=False)
    """Of a table: its question's key, of which the addresses of its rows are made; no reader sees it."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return not (self.text or self.files or self.rows)

    @property
    def heads(self) -> tuple[tuple[str, bool], ...]:
        """Of a table's columns: the label, and whether numbers stand below it."""
        numbers = [cell.is_number for cell in self.rows[0]] if self.rows else [False] * len(self.columns)
        return tuple(zip(self.columns, numbers, strict=True))

    @property
    def labelled_totals(self) -> tuple[tuple[str, str], ...]:
        """Each column's label with its total, since no heading stands above it where a row is a card."""
        return tuple(zip(self.columns, self.totals, strict=True)) if self.totals else ()


def is_file_ref(value: Any) -> bool:
    """Whether the value names a stored file. A question or column may have the key "file"; that alone makes none."""
    return isinstance(value, dict) and value.keys() == FILE_REF and isinstance(value["file"], str)


def file_refs(value: Any) -> Iterator[FileRef]:
    """Every stored file named anywhere in the answers."""
    if is_file_ref(value):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from file_refs(part)
    elif isinstance(value, list):
        for part in value:
            yield from file_refs(part)


def with_files(answers: Answers, stored: Mapping[str, list[FileRef]]) -> Answers:
    """The answers with stored files added at their paths (key, or "table.row.column")."""
    complete = {key: [dict(row) for row in value] if is_table(value) else value for key, value in answers.items()}
    for path, refs in stored.items():
        match path.split("."):
            case [key]:
                complete[key] = [*complete.get(key, []), *refs]
            case [table, row, column]:
                cells = complete[table][int(row)]
                cells[column] = [*cells.get(column, []), *refs]
    return complete


def is_table(value: Any) -> bool:
    """Whether the answer is a list of rows (and no list of files or codes)."""
    return isinstance(value, list) and all(isinstance(row, dict) and not is_file_ref(row) for row in value)
