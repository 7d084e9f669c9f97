"""Reading plain text: which encoding, and which of its lines are one paragraph or a row of a table."""

from __future__ import annotations

import codecs
import re

from portal.programmes.plan_import.document import Block, Cell, Paragraph, SourceDocument, Span, Table
from portal.programmes.plan_import.errors import Fault, PlanFileError
from portal.programmes.plan_import.joining import join_lines

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FREQUENT = frozenset("，。、；：的和年月日市局工作任務务單单位責责安全")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
FIELD_SEPARATOR = re.compile(r"[ \u3000]*(?:\t+|\|)[ \u3000]*")
RULE_LINE = re.compile(r"[\s|+:\-─—=]+")
MIN_COLUMNS = 3


def read_txt(data: bytes, name: str) -> SourceDocument:
    """Return the document of a text file; raises PlanFileError when the bytes are no text."""
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    if len(CONTROL.findall(text[:20_000])) > 2 + len(text[:20_000]) // 200:
        raise PlanFileError(Fault.WRONG_TYPE)
    lines: list[Span] = []
    position = 0
    for line in text.split("\n"):
        lines.append(Span(position, position + len(line)))
        position += len(line) + 1
    return SourceDocument(name=name, text=text, blocks=tuple(_blocks(text, lines)))


def _decode(data: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise PlanFileError(Fault.ENCODING) from error
    zeros = data[:4000].count(0)
    if zeros > len(data[:4000]) // 20:
        even = data[:4000:2].count(0)
        return _first_of(data, ("utf-16-be", "utf-16-le") if even * 2 > zeros else ("utf-16-le", "utf-16-be"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return _first_of(data, ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be"))


def _first_of(data: bytes, encodings: tuple[str, ...]) -> str:
    """Return the decoding that reads most like Chinese; GB 18030 accepts nearly every Big5 text, so both are tried."""
    readings: list[tuple[int, str]] = []
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        readings.append((sum(char in FREQUENT for char in text[:20_000]), text))
    if not readings:
        raise PlanFileError(Fault.ENCODING)
    return max(readings, key=lambda reading: reading[0])[1]


def _blocks(text: str, lines: list[Span]) -> list[Block]:
    """Return paragraphs and, where three or more fields a line stand under each other, tables."""
    blocks: list[Block] = []
    pending: list[Span] = []
    index = 0
    while index < len(lines):
        stop = index
        while stop < len(lines) and _fields(text, lines[stop]):
            stop += 1
        rows = [fields for line in lines[index:stop] if (fields := _fields(text, line))]
        if stop - index >= 2 and len({len(row) for row in rows}) <= 2:
            blocks.extend(Paragraph(span) for span in join_lines(text, pending))
            pending = []
            blocks.append(_table(text, rows))
            index = stop
        else:
            pending.extend(lines[index : stop + 1])
            index = stop + 1
    blocks.extend(Paragraph(span) for span in join_lines(text, pending))
    return blocks


def _fields(text: str, line: Span) -> list[Span]:
    """Return the fields of a line that is a table row, else nothing."""
    raw = text[line.start : line.end]
    if "\t" not in raw and "|" not in raw:
        return []
    left = len(raw) - len(raw.lstrip(" \u3000|")) if "|" in raw else 0
    right = len(raw.rstrip(" \u3000|\t")) if "|" in raw else len(raw)
    fields: list[Span] = []
    start = left
    for separator in FIELD_SEPARATOR.finditer(raw, left, max(left, right)):
        fields.append(Span(line.start + start, line.start + separator.start()))
        start = separator.end()
    fields.append(Span(line.start + start, line.start + max(start, right)))
    return fields if len(fields) >= MIN_COLUMNS else []


def _table(text: str, rows: list[list[Span]]) -> Table:
    cells: list[Cell] = []
    number = 0
    for row in rows:
        if all(not text[f.start : f.end].strip() or RULE_LINE.fullmatch(text[f.start : f.end]) for f in row):
            continue
        cells.extend(Cell(span, number, column) for column, span in enumerate(row))
        number += 1
    return Table(tuple(cells))
