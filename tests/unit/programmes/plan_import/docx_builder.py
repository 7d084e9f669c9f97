"""Word files for tests, with what python-docx cannot write: automatic numbering, footnotes, tracked changes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn


class PlanFile:
    """A Word file in the making."""

    def __init__(self) -> None:
        self.document = docx.Document()
        self._notes: list[str] = []
        self._abstract = 900

    def paragraph(self, text: str, *, numbering: tuple[int, int] | None = None, style: str | None = None) -> Any:
        """Add a paragraph; ``numbering`` is (list, level) of :meth:`numbering`."""
        paragraph = self.document.add_paragraph(text, style=style)
        if numbering:
            properties: Any = paragraph._p.get_or_add_pPr()
            properties = properties.get_or_add_numPr()
            properties.get_or_add_ilvl().val = numbering[1]
            properties.get_or_add_numId().val = numbering[0]
        return paragraph

    def numbering(self, *levels: tuple[str, str]) -> int:
        """Define a list by (number format, level text) per level and return its number."""
        part = self.document.part.numbering_part.element
        self._abstract += 1
        number = self._abstract
        xml = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{name}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for depth, (name, text) in enumerate(levels)
        )
        abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{xml}</w:abstractNum>')
        first_num = part.find(qn("w:num"))
        if first_num is not None:
            first_num.addprevious(abstract)
        else:
            part.append(abstract)
        part.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>',
            )
        )
        return number

    def table(self, rows: Sequence[Sequence[str]], merges: Sequence[tuple[int, int, int, int]] = ()) -> Any:
        """Add a table; ``merges`` are (top, left, bottom, right) of merged cells."""
        table = self.document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        for top, left, bottom, right in merges:
            kept = table.cell(top, left).text
            table.cell(top, left).merge(table.cell(bottom, right)).text = kept
        return table

    def footnote(self, paragraph: Any, text: str) -> None:
        """Add a footnote whose mark ends ``paragraph``."""
        self._notes.append(text)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self._notes)))
        paragraph.add_run()._r.append(reference)

    def tracked(self, paragraph: Any, text: str, *, deleted: bool) -> None:
        """Add a tracked insertion or deletion to ``paragraph``."""
        change = OxmlElement("w:del" if deleted else "w:ins")
        change.set(qn("w:id"), "77")
        change.set(qn("w:author"), "甲")
        run, words = OxmlElement("w:r"), OxmlElement("w:delText" if deleted else "w:t")
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)

    def data(self) -> bytes:
        """Return the file's bytes."""
        if self._notes:
            notes = "".join(
                f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
                f"<w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>"
                for number, text in enumerate(self._notes, 1)
            )
            blob = f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>".encode()
            part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, self.document.part.package)
            self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()
