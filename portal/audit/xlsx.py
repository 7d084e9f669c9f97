"""Workbooks (XLSX) of any length, written as they come: memory does not grow with the rows.

The parts of ECMA-376 that a table needs and no more: text in place (no list of shared texts to be held), numbers,
dates, a bold first row that stays in sight, a filter over it. Measured against openpyxl and XlsxWriter in
docs/adr/0016-exports.md. Text is only ever text here: nothing becomes a formula or a link.
"""

import datetime
import math
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import IO, Any, Self
from xml.sax.saxutils import escape, quoteattr

MAX_ROWS = 1_048_576
"""Rows of a sheet, its heading among them."""
MAX_TEXT = 32_767
"""Characters (UTF-16 units) of a cell."""
LONGEST_TITLE = 31
EPOCH = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - as Excel counts: without a zone
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
ROWS_AT_ONCE = 500
BIGGEST_NUMBER = 10**15
"""Excel keeps 15 digits; longer whole numbers are written as text."""
CUT = "…"

_DATETIME, _DATE, _TIME, _HEAD = 1, 2, 3, 4
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_HEADER}<styleSheet xmlns="{_MAIN}"><numFmts count="3">'
    '<numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm:ss"/><numFmt numFmtId="165" formatCode="yyyy-mm-dd"/>'
    '<numFmt numFmtId="166" formatCode="hh:mm"/></numFmts><fonts count="2">'
    '<font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def column_name(number: int) -> str:
    """1 → A, 27 → AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


class Sheet:
    """One table of a workbook. What does not fit on one sheet goes on to the next, with the headings once more."""

    def __init__(
        self, book: "Book", title: str, headings: Sequence[str], widths: Sequence[int] = (), *, max_rows: int = MAX_ROWS
    ) -> None:
        self.rows, self.cut, self.parts = 0, 0, 0
        self._book, self._title, self._headings, self._max_rows = book, title, headings, max_rows
        self._widths = widths or [width_of(heading) for heading in headings]
        self._file: IO[bytes] | None = None
        self._lines: list[str] = []
        self._on_sheet = 0
        self._begin()

    def append(self, values: Iterable[Any]) -> None:
        """Add a row: text, numbers, dates and instants without a zone; None is a blank cell."""
        if self._on_sheet >= self._max_rows:
            self._end()
            self._begin()
        self._lines.append(self._row(values))
        self.rows += 1
        if len(self._lines) >= ROWS_AT_ONCE:
            self._flush()

    def close(self) -> None:
        """End the table; calling it twice does no harm."""
        if self._file is not None:
            self._end()

    def _row(self, values: Iterable[Any], style: int = 0) -> str:
        self._on_sheet += 1
        return f"<row>{''.join([self._cell(value, style) for value in values])}</row>"

    def _cell(self, value: Any, style: int) -> str:
        kind = type(value)
        if kind is str:
            return self._text(value, style) if value else "<c/>"
        if value is None:
            return "<c/>"
        if kind is int:
            shown = -BIGGEST_NUMBER < value < BIGGEST_NUMBER
            return f"<c><v>{value!r}</v></c>" if shown else self._text(str(value), style)
        if kind is float and math.isfinite(value):
            return f"<c><v>{value!r}</v></c>"
        if kind is datetime.datetime:
            since = value - EPOCH
            return f'<c s="{_DATETIME}"><v>{since.days + since.seconds / 86400!r}</v></c>'
        if kind is datetime.date:
            return f'<c s="{_DATE}"><v>{(value - EPOCH.date()).days}</v></c>'
        if kind is datetime.time:
            seconds = value.hour * 3600 + value.minute * 60 + value.second
            return f'<c s="{_TIME}"><v>{seconds / 86400!r}</v></c>'
        return self._text(str(value), style)

    def _text(self, text: str, style: int) -> str:
        if len(text) * 2 > MAX_TEXT and len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
            text = text.encode("utf-16-le")[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + CUT
            self.cut += 1
        if "_x" in text:
            text = ESCAPED.sub("_x005F_", text)
        styled = f' s="{style}"' if style else ""
        return f'<c t="inlineStr"{styled}><is><t xml:space="preserve">{escape(text)}</t></is></c>'

    def _begin(self) -> None:
        self.parts += 1
        self._on_sheet = 0
        self._file = self._book.open_part(self._title if self.parts == 1 else f"{self._title} ({self.parts})")
        widths = "".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
            for number, width in enumerate(self._widths, start=1)
        )
        pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        head = f'{_HEADER}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        head += f"{pane if self._headings else ''}</sheetView></sheetViews>"
        head += f"<cols>{widths}</cols>" if widths else '<cols><col min="1" max="2" width="28" customWidth="1"/></cols>'
        self._lines.append(f"{head}<sheetData>")
        if self._headings:
            self._lines.append(self._row(self._headings, _HEAD))

    def _end(self) -> None:
        self._lines.append("</sheetData>")
        if self._headings:
            self._lines.append(f'<autoFilter ref="A1:{column_name(len(self._headings))}{self._on_sheet}"/>')
        self._lines.append("</worksheet>")
        self._flush()
        if self._file is not None:
            self._book.close_part(self._file)
        self._file = None

    def _flush(self) -> None:
        if self._file is not None:
            self._file.write("".join(self._lines).encode())
        self._lines.clear()


class Book:
    """A workbook under way. Its sheets may be written in turn: each waits in a temporary file until the end."""

    def __init__(self, target: "str | IO[bytes]", *, max_rows: int = MAX_ROWS) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        self._max_rows = max_rows
        self._titles: list[str] = []
        self._waiting: list[tuple[int, IO[bytes]]] = []
        self._sheets: list[Sheet] = []

    def sheet(self, title: str, headings: Sequence[str] = (), widths: Sequence[int] = ()) -> Sheet:
        """A new table; without headings it is read from its first row on, without widths they fit the headings."""
        made = Sheet(self, title, headings, widths, max_rows=self._max_rows)
        self._sheets.append(made)
        return made

    def open_part(self, title: str) -> IO[bytes]:
        """Room for one sheet (called by `Sheet`)."""
        self._titles.append(free_title(title, self._titles))
        file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has gone into the workbook
        self._waiting.append((len(self._titles), file))
        return file

    def close_part(self, file: IO[bytes]) -> None:
        """Take a finished sheet over (called by `Sheet`)."""
        number = next(number for number, waiting in self._waiting if waiting is file)
        self._waiting.remove((number, file))
        file.seek(0)
        with file, self._zip.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
            while piece := file.read(1 << 20):
                part.write(piece)

    def close(self) -> None:
        """End every sheet and write what holds them together."""
        for sheet in self._sheets:
            sheet.close()
        for name, text in self._parts().items():
            self._zip.writestr(name, text)
        self._zip.close()

    def give_up(self) -> None:
        """Let go of what waits; the file is no workbook then."""
        for _number, file in self._waiting:
            file.close()
        self._waiting.clear()
        self._zip.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        finish: Callable[[], None] = self.close if kind is None else self.give_up
        finish()

    def _parts(self) -> dict[str, str]:
        numbers = range(1, len(self._titles) + 1)
        sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        override = '<Override PartName="/xl/{}" ContentType="{}"/>'.format
        types = "".join(
            [
                override("workbook.xml", f"{sheet_type}.sheet.main+xml"),
                override("styles.xml", f"{sheet_type}.styles+xml"),
                *(override(f"worksheets/sheet{number}.xml", f"{sheet_type}.worksheet+xml") for number in numbers),
            ]
        )
        relation = '<Relationship Id="rId{0}" Type="{1}/{2}" Target="{3}"/>'.format
        sheets = "".join(
            f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="rId{number}"/>'
            for number, title in enumerate(self._titles, start=1)
        )
        inner = [relation(number, _RELATED, "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        inner.append(relation(len(self._titles) + 1, _RELATED, "styles", "styles.xml"))
        return {
            "[Content_Types].xml": f'{_HEADER}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
            "_rels/.rels": f'{_HEADER}<Relationships xmlns="{_PACKAGE}/relationships">'
            f"{relation(1, _RELATED, 'officeDocument', 'xl/workbook.xml')}</Relationships>",
            "xl/workbook.xml": f'{_HEADER}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><bookViews>'
            f"<workbookView/></bookViews><sheets>{sheets}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'{_HEADER}<Relationships xmlns="{_PACKAGE}/relationships">'
            f"{''.join(inner)}</Relationships>",
            "xl/styles.xml": _STYLES,
        }


def free_title(wanted: str, taken: Iterable[str]) -> str:
    """A title that Excel takes, none of those taken: at most 31 characters, case makes no difference."""
    known = {title.casefold() for title in taken}
    plain = NOT_IN_TITLES.sub(" ", wanted).strip(" '")[:LONGEST_TITLE].rstrip(" '") or "Sheet"
    title, number = plain, 1
    while title.casefold() in known:
        number += 1
        tail = f" {number}"
        title = plain[: LONGEST_TITLE - len(tail)] + tail
    return title


def width_of(heading: str) -> int:
    """A column's width for its heading: Chinese characters take two."""
    return min(max(sum(2 if ord(char) > 0x2E80 else 1 for char in heading) + 3, 12), 40)
