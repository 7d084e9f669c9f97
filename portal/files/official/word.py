"""The document as DOCX: WordprocessingML (ECMA-376), written part by part.

What never changes – styles, fonts, settings, feet of the pages – lies beside this file in `parts`. The same document
gives the same bytes.
"""

import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from portal.files.official.columns import PADDING, Grid
from portal.files.official.document import OfficialDocument
from portal.files.official.flow import Line, Run, draft_mark, flow, title_of
from portal.files.official.words import line_of

PARTS = Path(__file__).parent / "parts"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LINE = 579
"""Twentieths of a point; 22 lines on a page."""
SQUARE = 315
"""A character of the body: 15.75 pt."""
EPOCH = datetime.date(2000, 1, 1)
"""The file's date where the document has none."""
LONGEST_PROPERTY = 255
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="even" r:id="rId4"/>'
    '<w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="even" r:id="rId6"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    # 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm; the page number's dash lies 7 mm below it.
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="1134" w:footer="1446" w:gutter="0"/>'
    '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)
STYLES = {
    "issuer": "Issuer", "number": "Number", "rule": "Rule", "title": "Title", "addressee": "Addressee",
    "body": "Body", "heading1": "Heading1", "heading2": "Heading2", "heading3": "Heading3", "heading4": "Heading4",
    "caption": "Caption", "attachment": "Attachment", "signature": "Signature", "date": "Date", "annex": "Annex",
}  # fmt: skip
KEEPING = frozenset(("heading1", "heading2", "heading3", "heading4", "caption", "annex"))
"""Their styles keep with the next by themselves."""
WHOLE = "<w:cantSplit/>"
"""A row that is not parted between two pages."""
BORDER = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write(document: OfficialDocument) -> bytes:
    """The whole file."""
    made = {
        "word/document.xml": _document(document),
        "word/header.xml": _header(draft_mark(document)),
        "docProps/core.xml": _core(document),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (_kept() | made).items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return file.getvalue()


@cache
def _kept() -> dict[str, str]:
    """The parts that are the same in every document; first the one that programs look for first."""
    paths = sorted(path for path in PARTS.rglob("*") if path.is_file())
    return {path.relative_to(PARTS).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def _document(document: OfficialDocument) -> str:
    parts = [DECLARATION, f"<w:document {SPACE} {OFFICE}><w:body>"]
    after_grid = False
    for part in flow(document):
        if isinstance(part, Line):
            parts.append(_line(part))
        else:
            if after_grid:  # two tables without a paragraph between them become one
                parts.append(_styled("Gap"))
            parts.extend(_grid(part))
        after_grid = isinstance(part, Grid)
    if after_grid:
        parts.append(_styled("Gap"))
    parts.append(f"{SECTION}</w:body></w:document>")
    return "".join(parts)


def _styled(style: str, runs: str = "", rules: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{rules}</w:pPr>{runs}</w:p>'


def _line(line: Line) -> str:
    rules = "<w:keepNext/>" if line.keeps and line.style not in KEEPING else ""
    if line.new_page:
        rules += "<w:pageBreakBefore/>"
    if line.lead:
        rules += f'<w:tabs><w:tab w:val="left" w:pos="{_squares(line.hang)}"/></w:tabs>'
    if line.space:
        rules += f'<w:spacing w:before="{line.space * LINE}"/>'
    rules += _indent(line)
    runs = "".join(_run(run, line.points) for run in line.runs if run.text)
    if line.lead:
        runs = f'<w:r><w:t xml:space="preserve">{escape(line.lead)}</w:t><w:tab/></w:r>{runs}'
    return _styled(STYLES[line.style], runs, rules)


def _indent(line: Line) -> str:
    if line.lead:
        return f'<w:ind w:left="{_squares(line.hang)}" w:hanging="{_squares(line.hang - line.start)}"/>'
    if line.right:
        return f'<w:ind w:right="{_squares(line.right)}"/>'
    if line.inset:
        return f'<w:ind w:left="{line.inset * 20:.0f}" w:right="{line.inset * 20:.0f}"/>'
    return ""


def _squares(number: float) -> int:
    return round(number * SQUARE)


def _run(run: Run, points: float = 0) -> str:
    rules = '<w:rStyle w:val="Note"/>' if run.raised else ""
    if points:
        rules += f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'
    rules = f"<w:rPr>{rules}</w:rPr>" if rules else ""
    return f'<w:r>{rules}<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'


def _grid(grid: Grid) -> Iterator[str]:
    widths = [round(width * 20) for width in grid.widths]
    padding = round(grid.points * PADDING * 10)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{BORDER}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{padding}" w:type="dxa"/><w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr><w:tblGrid>"
    )
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid>"
    size = f'<w:rPr><w:sz w:val="{grid.points * 2:.0f}"/><w:szCs w:val="{grid.points * 2:.0f}"/></w:rPr>'
    heads = zip(grid.head, widths, strict=True)
    texts = (_cell((head,), width, size, "CellHead", "<w:keepNext/>") for head, width in heads)
    yield _row(texts, f"{WHOLE}<w:tblHeader/>")
    rights = ['<w:jc w:val="right"/>' if column in grid.numeric else "" for column in range(len(widths))]
    for row in grid.rows:
        cells = zip(row, widths, rights, strict=True)
        texts = (_cell(cell, width, size, "Cell", right) for cell, width, right in cells)
        yield _row(texts, "" if grid.is_tall(row) else WHOLE)
    yield "</w:tbl>"


def _row(cells: Iterable[str], rules: str) -> str:
    return f"<w:tr><w:trPr>{rules}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(lines: tuple[str, ...], width: int, size: str, style: str, rules: str) -> str:
    texts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    cell = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
    return f"<w:tc>{cell}{_styled(style, f'<w:r>{size}{texts}</w:r>', rules)}</w:tc>"


def _header(mark: str) -> str:
    runs = f'<w:r><w:t xml:space="preserve">{escape(mark)}</w:t></w:r>' if mark else ""
    return f"{DECLARATION}<w:hdr {SPACE}>{_styled('Header', runs)}</w:hdr>"


def _core(document: OfficialDocument) -> str:
    """Title, author and date; nothing of the machine that wrote it."""
    moment = f"{(document.date or EPOCH).isoformat()}T00:00:00Z"
    author = line_of(document.signature) or line_of(document.issuer)
    when = "".join(
        f'<dcterms:{one} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{one}>' for one in ("created", "modified")
    )
    return (
        f"{DECLARATION}<cp:coreProperties {CORE}><dc:title>{escape(title_of(document)[:LONGEST_PROPERTY])}</dc:title>"
        f"<dc:creator>{escape(author[:LONGEST_PROPERTY])}</dc:creator><dc:language>zh-CN</dc:language>{when}"
        "</cp:coreProperties>"
    )
