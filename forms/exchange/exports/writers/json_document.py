"""JSON: one document with what it is, what is asked, and the reports with their tables inside them."""

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from forms.builder.fields.base import CellValue
from forms.exchange.exports.describing import Line
from forms.exchange.exports.enums import Values
from forms.exchange.exports.layout import REPORT_COLUMNS, Column, Layout
from forms.exchange.exports.rows import Row
from forms.exchange.exports.writers.protocol import Writer


class JsonWriter(Writer):
    """With codes the answers are as they are stored, with labels as people read them; keys are keys in both."""

    content_type = "application/json"

    def __init__(self, path: Path, layout: Layout) -> None:
        self._layout, self._first = layout, True
        self._kept = {column.key for column in layout.columns}
        self._kept_of = {table.key: {column.key for column in table.columns} for table in layout.tables}
        self._file = path.open("w", encoding="utf-8", errors="replace")
        asked = [_question(column) for column in layout.columns]
        tables = [
            {"key": table.key, "label": table.heading, "columns": [_question(column) for column in table.columns]}
            for table in layout.tables
        ]
        self._file.write(f'{{"questions": {_text(asked)},\n"tables": {_text(tables)},\n"reports": [')

    def write(self, rows: Sequence[Row]) -> None:
        """An object for each, on a line of its own."""
        as_stored = self._layout.values == Values.CODES
        cells = [()] * len(rows) if as_stored else self._layout.cells([(one.form_version, one.answers) for one in rows])
        for row, line in zip(rows, cells, strict=True):
            facts = {key: _value(fact) for (key, _label), fact in zip(REPORT_COLUMNS, row.facts, strict=True)}
            answers = self._stored(row.answers) if as_stored else self._labelled(row, line)
            self._file.write(f"{'' if self._first else ','}\n{_text(facts | {'answers': answers})}")
            self._first = False

    def close(self, lines: Sequence[Line]) -> list[str]:
        """The description stands last: only then is known what there is."""
        self._file.write(f'\n],\n"description": {_text(dict(lines))}}}\n')
        self._file.close()
        return []

    def give_up(self) -> None:
        """Close the file."""
        self._file.close()

    def _labelled(self, row: Row, line: Sequence[CellValue]) -> dict[str, Any]:
        if row.form_version is None:
            return {}
        reader, cells = self._layout.readers[row.form_version], zip(self._layout.columns, line, strict=True)
        found: dict[str, Any] = {column.key: _value(cell) for column, cell in cells if cell is not None}
        for table in self._layout.tables:
            lines = reader.rows(table.key, row.answers)
            if lines:
                found[table.key] = [
                    {column.key: _value(cell) for column, cell in zip(table.columns, line, strict=True)}
                    for line in lines
                ]
        return found

    def _stored(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        found = {key: answers[key] for key in answers if key in self._kept}
        for key, kept in self._kept_of.items():
            lines = answers.get(key)
            if isinstance(lines, list) and lines:
                found[key] = [
                    {name: line[name] for name in line if name in kept} for line in lines if isinstance(line, dict)
                ]
        return found

    @classmethod
    def extension(cls, layout: Layout) -> str:
        """Always the same."""
        return "json"


def _question(column: Column) -> dict[str, str]:
    return {"key": column.key, "label": column.heading, "type": column.question.type}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _value(value: Any) -> Any:
    """Instants as ISO 8601 with Beijing's offset."""
    if isinstance(value, datetime.datetime):
        return timezone.make_aware(value).isoformat() if timezone.is_naive(value) else value.isoformat()
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value
