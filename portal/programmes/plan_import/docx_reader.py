"""Reading a Word file: paragraphs with their printed numbers, tables with their merged cells, footnotes.

Headers, footers, comments, tables of contents and hidden text are not part of a plan's text and are left out; of
tracked changes the inserted text counts and the deleted text does not (the plan as it would be after "accept all").
What a text box of the body holds follows the paragraph it hangs on.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from portal.programmes.plan_import.document import Block, Cell, Paragraph, SourceDocument, Span, Table
from portal.programmes.plan_import.docx_text import W, element_text, is_contents, is_deleted_paragraph, text_boxes
from portal.programmes.plan_import.errors import Fault, PlanFileError
from portal.programmes.plan_import.folding import fold
from portal.programmes.plan_import.markers import find_marker
from portal.programmes.plan_import.slot_keys import SLOT_AT_START
from portal.programmes.plan_import.word_numbering import Numbering

FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
ENDNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/endnotes"
MAX_COLUMNS = 63  # Word's own limit; a larger span is damage or malice
TRANSPARENT = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}


def read_docx(data: bytes, name: str) -> SourceDocument:
    """Return the document of a DOCX file whose size was checked before; raises PlanFileError when it is damaged."""
    import docx

    try:
        package = docx.Document(io.BytesIO(data))
        return _Reader(package, name).read()
    except PlanFileError:
        raise
    except Exception as error:  # whatever a damaged package makes the libraries raise is the file's fault
        raise PlanFileError(Fault.CORRUPT) from error


class _Reader:
    """Builds the one text while it walks the body."""

    def __init__(self, package: Any, name: str) -> None:
        self.package = package
        self.name = name
        self.parts: list[str] = []
        self.length = 0
        part = package.part
        self.numbering = Numbering(_related(part, "numbering"), part.styles.element)

    def read(self) -> SourceDocument:
        blocks = list(self._blocks(self.package.element.body))
        notes = [paragraph for kind in (FOOTNOTES, ENDNOTES) for paragraph in self._notes(kind)]
        return SourceDocument(name=self.name, text="".join(self.parts), blocks=tuple(blocks), footnotes=tuple(notes))

    def _append(self, text: str) -> Span:
        """Add a line to the text and return where it stands; the line break after it belongs to nobody."""
        start = self.length
        self.parts.append(text + "\n")
        self.length += len(text) + 1
        return Span(start, start + len(text))

    def _blocks(self, parent: Any) -> Iterator[Block]:
        carry = ""
        for child in parent.iterchildren():
            if child.tag == f"{W}p":
                text = carry + self._paragraph_text(child)
                carry = ""
                if is_deleted_paragraph(child):  # its mark was deleted: the paragraph runs on into the next
                    carry = text
                elif text.strip() and not self.numbering.is_contents_line(child):
                    yield from self._paragraphs(text, self.numbering.outline_level(child))
                for box in text_boxes(child):
                    yield from self._blocks(box)
            elif child.tag == f"{W}tbl":
                table = self._table(child)
                if table.cells:
                    yield table
            elif child.tag in TRANSPARENT and not is_contents(child):
                yield from self._blocks(child)
        if carry.strip():
            yield Paragraph(self._append(carry))

    def _paragraphs(self, text: str, heading: int | None) -> Iterator[Paragraph]:
        """Yield a paragraph, or several where a line after a manual line break begins an item or a slot."""
        lines = text.split("\n")
        begin = 0
        for index in range(1, len(lines) + 1):
            if index == len(lines) or _begins_something(lines[index]):
                part = "\n".join(lines[begin:index])
                if part.strip():
                    yield Paragraph(self._append(part), heading)
                begin = index

    def _paragraph_text(self, paragraph: Any) -> str:
        return self.numbering.printed(paragraph) + element_text(paragraph).strip("\n")

    def _table(self, element: Any) -> Table:
        cells: list[Cell] = []
        open_cells: dict[int, int] = {}
        for row_number, row in enumerate(_rows(element)):
            column = _skipped(row, "gridBefore")
            for cell in _cells(row):
                width = min(max(_skipped(cell, "gridSpan"), 1), MAX_COLUMNS)
                if column + width > MAX_COLUMNS:
                    break
                if _merge(cell) == "continue" and column in open_cells:
                    index = open_cells[column]
                    old = cells[index]
                    cells[index] = Cell(old.span, old.row, old.column, row_number - old.row + 1, old.columns)
                else:
                    span = self._append("\n".join(self._cell_lines(cell)))
                    open_cells[column] = len(cells)
                    cells.append(Cell(span, row_number, column, 1, width))
                column += width
        return Table(tuple(cells))

    def _cell_lines(self, cell: Any) -> Iterator[str]:
        for child in cell.iterchildren():
            if child.tag == f"{W}p":
                if text := self._paragraph_text(child).strip():
                    yield text
            elif child.tag == f"{W}tbl":
                for row in _rows(child):
                    yield " ".join(" ".join(self._cell_lines(inner)) for inner in _cells(row)).strip()
            elif child.tag in TRANSPARENT:
                yield from self._cell_lines(child)

    def _notes(self, kind: str) -> Iterator[Paragraph]:
        from docx.oxml import parse_xml

        for relation in self.package.part.rels.values():
            if relation.reltype != kind or relation.is_external:
                continue
            for note in parse_xml(relation.target_part.blob).iterchildren():
                if note.get(f"{W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                    continue
                for paragraph in note.iter(f"{W}p"):
                    text = element_text(paragraph).strip()
                    if text:
                        yield Paragraph(self._append(text))


def _begins_something(line: str) -> bool:
    folded = fold(line).strip()
    return find_marker(folded) is not None or SLOT_AT_START.match(folded) is not None


def _related(part: Any, kind: str) -> Any | None:
    """Return the root element of the related part whose relationship ends in ``kind``, or None."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            target = relation.target_part
            return target.element if hasattr(target, "element") else None
    return None


def _rows(table: Any) -> Iterator[Any]:
    for child in table.iterchildren():
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in TRANSPARENT:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row.iterchildren():
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in TRANSPARENT:
            yield from _cells(child)


def _skipped(element: Any, name: str) -> int:
    """Return the value of ``gridSpan`` or ``gridBefore`` of a cell or row, 0 when there is none."""
    found = element.find(f"{W}tcPr/{W}{name}")
    if found is None:
        found = element.find(f"{W}trPr/{W}{name}")
    return int(found.get(f"{W}val", "0")) if found is not None else 0


def _merge(cell: Any) -> str | None:
    """Return ``restart`` or ``continue`` for a vertically merged cell (ECMA-376 17.4.84), else None."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return None if merge is None else merge.get(f"{W}val", "continue")
