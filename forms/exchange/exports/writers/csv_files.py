"""CSV: one file; with repeating tables a ZIP of one file for the reports and one for each table."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forms.exchange.exports.describing import Line
from forms.exchange.exports.layout import REPORT_COLUMNS, TABLE_COLUMNS, Layout
from forms.exchange.exports.rows import Row
from forms.exchange.exports.writers.protocol import Writer
from portal.audit.spreadsheets import BOM, cell_value
from portal.audit.xlsx import free_title


class CsvWriter(Writer):
    """UTF-8 with the mark by which Excel and WPS know it."""

    content_type = "text/csv; charset=utf-8"

    def __init__(self, path: Path, layout: Layout) -> None:
        self._layout, self._path = layout, path
        self._main = _File(path if not layout.tables else None, layout.headings(REPORT_COLUMNS, layout.columns))
        self._tables = {
            table.key: _File(None, layout.headings(TABLE_COLUMNS, table.columns)) for table in layout.tables
        }

    def write(self, rows: Sequence[Row]) -> None:
        """A line for each, and one for each row of a table."""
        cells = self._layout.cells([(row.form_version, row.answers) for row in rows])
        self._main.write([row.facts + line for row, line in zip(rows, cells, strict=True)])
        for key, file in self._tables.items():
            file.write(
                [
                    [*row.place, number, *line]
                    for row in rows
                    if row.form_version
                    for number, line in enumerate(self._layout.readers[row.form_version].rows(key, row.answers), 1)
                ]
            )

    def close(self, lines: Sequence[Line]) -> list[str]:
        """A single CSV carries no description: it would stand in the way of every program that reads it."""
        if not self._tables:
            self._main.close()
            return []
        names: list[str] = []
        with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            files = [(pgettext("export", "Reports"), self._main)]
            files += [(table.heading, self._tables[table.key]) for table in self._layout.tables]
            for title, file in files:
                name = free_title(title, names)
                names.append(name)
                file.into(archive, f"{name}.csv")
            about = "\r\n".join(f"{title}: {value}" for title, value in lines)
            described = free_title(_("Description of the export"), names)
            archive.writestr(f"{described}.txt", BOM + about + "\r\n")
        return []

    def give_up(self) -> None:
        """Close what is open."""
        for file in (self._main, *self._tables.values()):
            file.close()

    @classmethod
    def extension(cls, layout: Layout) -> str:
        """A ZIP where there is more than one file."""
        return "zip" if layout.tables else "csv"


class _File:
    """A CSV under way, at its path or waiting in a temporary file."""

    def __init__(self, path: Path | None, headings: Sequence[str]) -> None:
        self._binary: IO[bytes] = path.open("wb") if path else tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self._text = io.TextIOWrapper(self._binary, encoding="utf-8", errors="replace", newline="")
        self._text.write(BOM)
        self._csv = csv.writer(self._text)
        self._csv.writerow([cell_value(heading) for heading in headings])

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Add lines."""
        self._csv.writerows(rows)

    def into(self, archive: zipfile.ZipFile, name: str) -> None:
        """Move it into an archive."""
        self._text.flush()
        self._binary.seek(0)
        with archive.open(name, "w", force_zip64=True) as part:
            while piece := self._binary.read(1 << 20):
                part.write(piece)
        self.close()

    def close(self) -> None:
        """End it."""
        self._text.close()
