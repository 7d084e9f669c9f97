"""The kinds of files, one class each."""

from pathlib import Path

from forms.exchange.exports.describing import Line
from forms.exchange.exports.enums import ExportFormat
from forms.exchange.exports.layout import Finish, Layout, plain
from forms.exchange.exports.writers.csv_files import CsvWriter
from forms.exchange.exports.writers.json_document import JsonWriter
from forms.exchange.exports.writers.protocol import Writer
from forms.exchange.exports.writers.workbook import XlsxWriter
from portal.audit.spreadsheets import cell_value

KINDS: dict[ExportFormat, type[Writer]] = {
    ExportFormat.XLSX: XlsxWriter,
    ExportFormat.CSV: CsvWriter,
    ExportFormat.JSON: JsonWriter,
}
FINISH: dict[ExportFormat, Finish] = {
    ExportFormat.XLSX: cell_value,
    ExportFormat.CSV: cell_value,
    ExportFormat.JSON: plain,
}
"""What makes of a value one that the kind of file takes: for spreadsheets nothing that they would run."""


def writer_of(kind: ExportFormat, path: Path, layout: Layout) -> Writer:
    """A writer of that kind, its file begun."""
    return KINDS[kind](path, layout)


__all__ = ["FINISH", "KINDS", "Line", "Writer", "writer_of"]
