"""The document as a page for WeasyPrint, and as PDF. The measures stand in page.css."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from portal.files.official.columns import Grid
from portal.files.official.document import OfficialDocument
from portal.files.official.flow import Line, Run, draft_mark, flow, title_of
from portal.files.official.words import line_of
from portal.files.pdf import make_pdf

STYLES = Path(__file__).parent / "page.css"
TAGS = {"title": "h1", "heading1": "h2", "heading2": "h3", "heading3": "h4", "heading4": "h5"}


def write(document: OfficialDocument) -> bytes:
    """The whole file; OSError where none can be made."""
    return make_pdf(html(document), styles=STYLES, spread=True)


def html(document: OfficialDocument) -> str:
    """The page that is printed."""
    author = line_of(document.signature) or line_of(document.issuer)
    parts = [
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title_of(document))}</title>',
        f'<meta name="author" content="{escape(author)}">' if author else "",
        '<meta name="generator" content=""></head><body>',
    ]
    if mark := draft_mark(document):
        parts.append(f'<p class="mark">{escape(mark)}</p>')
    for part in flow(document):
        parts.extend([_line(part)] if isinstance(part, Line) else _grid(part))
    return "".join([*parts, "</body></html>"])


def _line(line: Line) -> str:
    tag = TAGS.get(line.style, "p")
    classes = [line.style, *(["new-page"] if line.new_page else []), *(["keeps"] if line.keeps else [])]
    rules = [
        (f"margin-top: calc(28.95pt * {line.space})", line.space),
        (f"padding-right: {line.right * 15.75:g}pt", line.right),
        (f"padding-left: {line.inset:g}pt; padding-right: {line.inset:g}pt", line.inset),
        (f"font-size: {line.points:g}pt", line.points),
        (f"padding-left: {line.hang * 15.75:g}pt; text-indent: {(line.start - line.hang) * 15.75:g}pt", line.lead),
    ]
    style = "; ".join(rule for rule, holds in rules if holds)
    words = _words(line.runs)
    if line.lead:
        wide = (line.hang - line.start) * 15.75
        words = f'<span class="lead" style="width: {wide:g}pt">{escape(line.lead)}</span>{words}'
    return f'<{tag} class="{" ".join(classes)}"{f" style={chr(34)}{style}{chr(34)}" if style else ""}>{words}</{tag}>'


def _words(runs: tuple[Run, ...]) -> str:
    """The runs, a raised one on one line with the character before it."""
    words, before = "", ""
    for run in runs:
        if run.raised:
            words += f'<span class="joined">{escape(before)}<sup>{escape(run.text)}</sup></span>'
            before = ""
        else:
            words += escape(before + run.text[:-1])
            before = run.text[-1:]
    return words + escape(before)


def _grid(grid: Grid) -> Iterator[str]:
    yield f'<table style="font-size: {grid.points:g}pt">'
    yield "".join(f'<col style="width: {width:g}pt">' for width in grid.widths)
    yield "<thead><tr>" + "".join(f"<th>{escape(head)}</th>" for head in grid.head) + "</tr></thead><tbody>"
    rights = [' class="figure"' if column in grid.numeric else "" for column in range(len(grid.head))]
    for row in grid.rows:
        cells = zip(row, rights, strict=True)
        texts = "".join(f"<td{right}>{'<br>'.join(map(escape, cell))}</td>" for cell, right in cells)
        opening = '<tr class="tall">' if grid.is_tall(row) else "<tr>"
        yield f"{opening}{texts}</tr>"
    yield "</tbody></table>"
