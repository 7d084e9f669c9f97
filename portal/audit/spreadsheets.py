"""Lists as XLSX and CSV that open rightly in Excel and WPS, and in which no cell is taken for a formula."""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.xlsx import Book

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SIGNS = frozenset(FORMULA_SIGNS)
BOM = "\ufeff"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe_text(text: str) -> str:
    """Text that a spreadsheet program will not run: an apostrophe stands before what begins like a formula (OWASP)."""
    return "'" + text if text[:1] in SIGNS else text


def cell_value(value: Any) -> "str | int | float | datetime.date":
    """A value as it goes into a cell. Instants become the site's time (Beijing), without a zone that Excel lacks."""
    if type(value) is str:  # by far the most, in files of many rows
        text = value if value.isprintable() else NOT_IN_XML.sub("", value)
        return "'" + text if text[:1] in SIGNS else text
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0) if timezone.is_aware(value) else value
    if isinstance(value, int | float | datetime.date):
        return value
    return safe_text(NOT_IN_XML.sub("", str(value)))


class _Echo:
    """What `csv` writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Lines of a CSV file, with the mark by which Excel knows that it is UTF-8."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([safe_text(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([cell_value(value) for value in row])


def workbook(headings: Sequence[str], rows: Iterable[Sequence[Any]], title: str, widths: Sequence[int] = ()) -> bytes:
    """An XLSX file with one sheet; dates are dates, numbers numbers, all else text; columns as wide as it says."""
    return _written([(title, headings, rows, widths)])


def workbook_of(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """An XLSX file with sheets of titles, headings and rows; the titles must differ in what Excel keeps of them."""
    return _written((*sheet, ()) for sheet in sheets)


def _written(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]], Sequence[int]]]) -> bytes:
    out = io.BytesIO()
    with Book(out) as book:
        for title, headings, rows, widths in sheets:
            sheet = book.sheet(title, [str(cell_value(heading)) for heading in headings], widths)
            for row in rows:
                sheet.append([cell_value(value) for value in row])
    return out.getvalue()
