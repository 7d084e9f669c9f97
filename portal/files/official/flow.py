"""From the description to lines and tables in the order of the page: all that DOCX and PDF must agree on.

GB/T 9704-2012, 7.2 to 7.3: what comes after what, how many lines stay empty between them, what is numbered how.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from portal.files.official.columns import Grid, grid_of
from portal.files.official.document import Heading, OfficialDocument, Paragraph, Sentence, Source, Table
from portal.files.official.words import before_stop, day, heading_number, line_of, lines_of, note_label, width

Style = Literal[
    "issuer", "number", "rule", "title", "addressee", "body", "heading1", "heading2", "heading3", "heading4",
    "caption", "attachment", "signature", "date", "annex",
]  # fmt: skip

TITLE_POINTS = 22
TITLE_SQUARES = 20
"""Characters of the title's size on a line."""
ISSUER_POINTS = (TITLE_POINTS, 48)
TEXT_POINTS = 442
"""156 mm."""
DATE_ROOM = 4
"""Squares that stay empty to the right of the date."""
ANNEX_TITLE = "来源说明"
ANNEX_HEAD = ("编号", "单位", "报告", "回执号", "报送时间", "出处")


@dataclass(frozen=True)
class Run:
    """Words in one type; `raised` ones are a superscript."""

    text: str
    raised: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph of the page. Measures are squares of the body's type but for `inset` and `points`."""

    style: Style
    runs: tuple[Run, ...]
    space: int = 0
    """Empty lines above it."""
    new_page: bool = False
    keeps: bool = False
    """Stays on the page of what follows."""
    lead: str = ""
    """A number of its own width before the words, which keep their left edge on the next line."""
    start: float = 0
    hang: float = 0
    right: float = 0
    inset: float = 0
    """Points left free on both sides, so that the lines of a title become about equally long."""
    points: float = 0
    """The size of the issuer's name; 0, that of the style."""

    @property
    def text(self) -> str:
        """What is read, superscripts with it."""
        return "".join(run.text for run in self.runs)


def flow(document: OfficialDocument) -> Iterator[Line | Grid]:
    """The whole document from top to bottom."""
    yield from _head(document)
    body = list(_body(document))
    attachments, signed = list(_attachments(document)), list(_signed(document))
    if signed and not attachments and body and isinstance(body[-1], Line):
        body[-1] = replace(body[-1], keeps=True)  # a signature does not stand on a page without text
    yield from [*body, *attachments, *signed]
    yield from _annex(document)


def draft_mark(document: OfficialDocument) -> str:
    """What is said at the top of each page."""
    return line_of(document.draft_mark)


def title_of(document: OfficialDocument) -> str:
    """The title on one line."""
    return line_of(document.title)


def _head(document: OfficialDocument) -> Iterator[Line]:
    issuer, number, addressee = map(line_of, (document.issuer, document.number, document.addressee))
    if issuer:
        least, most = ISSUER_POINTS
        points = max(least, min(most, math.floor(TEXT_POINTS / (width(issuer) + 0.5))))
        yield Line("issuer", (Run(issuer),), points=points, inset=_inset(issuer))
        yield Line("number" if number else "rule", (Run(number),), space=2 if number else 0)
    yield from _title(document.title, space=2 if issuer else 0)
    if addressee:
        yield Line("addressee", (Run(addressee.rstrip("：:") + "："),), space=1)


def _title(text: str, space: int) -> Iterator[Line]:
    lines = [line for line in map(line_of, lines_of(text)) if line]
    for place, line in enumerate(lines):
        yield Line("title", (Run(line),), space=0 if place else space, inset=_inset(line), keeps=True)


def _inset(text: str) -> float:
    """What makes the lines of a text of the title's size about equally long; nothing where one line takes it."""
    rows = math.ceil(width(text) / TITLE_SQUARES)
    if rows < 2:
        return 0
    squares = math.ceil(width(text) / rows) + 1
    return max(0.0, round((TEXT_POINTS - squares * TITLE_POINTS) / 2, 1))


def _body(document: OfficialDocument) -> Iterator[Line | Grid]:
    counts = [0, 0, 0, 0]
    # Below the addressee the words begin at once; below the title, and below a table, a line stays empty.
    space = 0 if line_of(document.addressee) else 1
    for block in document.blocks:
        parts: Iterable[Line | Grid]
        if isinstance(block, Paragraph):
            parts = _paragraphs(block)
        elif isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            parts = [_heading(block, counts[block.level - 1])]
        else:
            parts = _table(block)
        for part in parts:
            if isinstance(part, Line):
                part = replace(part, space=space)
            space = int(isinstance(part, Grid))
            yield part


def _heading(block: Heading, number: int) -> Line:
    styles: tuple[Style, ...] = ("heading1", "heading2", "heading3", "heading4")
    words = heading_number(block.level, number) + line_of(block.text)
    return Line(styles[block.level - 1], (Run(words),), keeps=True)


def _paragraphs(block: Paragraph) -> Iterator[Line]:
    """One for each line of the words: a line break typed in a report begins a paragraph here."""
    runs: list[Run] = []
    for sentence in block.sentences:
        *whole, last = lines_of(sentence.text)
        for line in whole:
            yield from _paragraph([*runs, Run(line)])
            runs = []
        runs.extend(_runs(replace(sentence, text=last)))
    yield from _paragraph(runs)


def _runs(sentence: Sentence) -> Iterator[Run]:
    label = note_label(sentence.notes)
    words, stop = before_stop(sentence.text) if label else (sentence.text, "")
    yield from (Run(words), Run(label, raised=True), Run(stop))


def _paragraph(runs: list[Run]) -> Iterator[Line]:
    """The line of the runs that say something, without spaces at its ends; nothing where they say nothing."""
    kept = [run for run in runs if run.text]
    while kept and not kept[0].text.strip():
        del kept[0]
    while kept and not kept[-1].text.strip():
        del kept[-1]
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
        yield Line("body", tuple(kept))


def _table(block: Table) -> Iterator[Line | Grid]:
    label = note_label(block.notes)
    runs = [run for run in (Run(line_of(block.caption)), Run(label, raised=True)) if run.text]
    if runs:
        yield Line("caption", tuple(runs), keeps=True)
    yield grid_of(block.head, block.rows, block.numeric)


def _attachments(document: OfficialDocument) -> Iterator[Line]:
    names = _names(document)
    for place, name in enumerate(names, 1):
        number = f"{place}." if len(names) > 1 else ""
        hang = 5 + (1.5 if number else 0)
        lead, start = (f"附件：{number}", 2) if place == 1 else (number, 5)
        words = (Run(name),)
        yield Line("attachment", words, space=int(place == 1), lead=lead, start=start, hang=hang, keeps=True)


def _names(document: OfficialDocument) -> list[str]:
    """What is attached: as named, and the annex of sources."""
    named = [name for name in map(line_of, document.attachments) if name]
    return [*named, ANNEX_TITLE] if document.sources else named


def _signed(document: OfficialDocument) -> Iterator[Line]:
    """Signature and date; the signature is centred on the date, and where it is too long it ends at the edge."""
    signature = line_of(document.signature)
    date = day(document.date) if document.date else ""
    if signature:
        right = max(0.0, DATE_ROOM + (width(date) - width(signature)) / 2) if date else DATE_ROOM
        yield Line("signature", (Run(signature),), space=2, right=right, keeps=bool(date))
    if date:
        yield Line("date", (Run(date),), space=0 if signature else 2, right=DATE_ROOM)


def _annex(document: OfficialDocument) -> Iterator[Line | Grid]:
    if not document.sources:
        return
    names = _names(document)
    mark = f"附件{len(names)}" if len(names) > 1 else "附件"
    yield Line("annex", (Run(mark),), new_page=True, keeps=True)
    yield from _title(ANNEX_TITLE, space=1)
    yield Line("caption", (Run(""),), keeps=True)
    yield grid_of(ANNEX_HEAD, tuple(map(_row, document.sources)), frozenset(), most_points=10.5)


def _row(source: Source) -> tuple[str, ...]:
    return (f"[{source.number}]", source.unit, source.report, source.receipt, source.sent_at, source.where)
