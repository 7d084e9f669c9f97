"""XLSX: what it is, the reports, a sheet per repeating table, and what each column asks."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from forms.exchange.exports.describing import Line
from forms.exchange.exports.layout import REPORT_COLUMNS, TABLE_COLUMNS, Layout
from forms.exchange.exports.rows import Row
from forms.exchange.exports.writers.protocol import Writer
from portal.audit.spreadsheets import XLSX_TYPE, cell_value
from portal.audit.xlsx import Book


class XlsxWriter(Writer):
    """One heading row on each sheet, so that filters and pivot tables work; codes and labels side by side stand on the
    last sheet.
    """

    content_type = XLSX_TYPE

    def __init__(self, path: Path, layout: Layout) -> None:
        self._layout = layout
        self._stream = path.open("wb")
        self._book = Book(self._stream)
        self._about = self._book.sheet(pgettext("sheet", "Description"))
        self._reports = self._book.sheet(pgettext("export", "Reports"), layout.headings(REPORT_COLUMNS, layout.columns))
        self._tables = {
            table.key: self._book.sheet(table.heading, layout.headings(TABLE_COLUMNS, table.columns))
            for table in layout.tables
        }

    def write(self, rows: Sequence[Row]) -> None:
        """A row of the main sheet for each, and one of a table's sheet for each row of the table."""
        cells = self._layout.cells([(row.form_version, row.answers) for row in rows])
        for row, line in zip(rows, cells, strict=True):
            self._reports.append(row.facts + line)
            if row.form_version is None:
                continue
            for key, sheet in self._tables.items():
                for number, inner in enumerate(self._layout.readers[row.form_version].rows(key, row.answers), start=1):
                    sheet.append([*row.place, number, *inner])

    def close(self, lines: Sequence[Line]) -> list[str]:
        """The description goes on the first sheet, the codebook on the last."""
        sheets = [self._reports, *self._tables.values()]
        for sheet in sheets:
            sheet.close()
        notes = []
        if cut := sum(sheet.cut for sheet in sheets):
            notes.append(
                ngettext(
                    "%(n)d text is longer than a cell of Excel holds (32,767 characters) and was cut; CSV and JSON "
                    "have it whole.",
                    "%(n)d texts are longer than a cell of Excel holds (32,767 characters) and were cut; CSV and JSON "
                    "have them whole.",
                    cut,
                )
                % {"n": cut}
            )
        if any(sheet.parts > 1 for sheet in sheets):
            notes.append(_("Excel holds 1,048,576 rows on a sheet; what is more stands on further sheets."))
        for title, value in (*lines, *((_("Please note"), note) for note in notes)):
            self._about.append([cell_value(title), cell_value(value)])
        self._codebook()
        self._book.close()
        self._stream.close()
        return notes

    def give_up(self) -> None:
        """Close what is open."""
        self._book.give_up()
        self._stream.close()

    def _codebook(self) -> None:
        headings = [_("Sheet"), _("Column"), _("Key"), _("Type"), _("Codes")]
        sheet = self._book.sheet(_("Questions"), headings)
        groups = [(pgettext("export", "Reports"), self._layout.columns)]
        groups += [(table.heading, table.columns) for table in self._layout.tables]
        for title, columns in groups:
            for one in columns:
                sheet.append([cell_value(text) for text in (title, one.heading, one.key, one.kind, one.codes)])

    @classmethod
    def extension(cls, layout: Layout) -> str:
        """Always the same."""
        return "xlsx"
