"""What stands in an official document, whatever file it becomes.

Nothing here is numbered or laid out: 一、（一）1.（1） before headings, the colon after the addressee, 附件 and the
annex of sources are the renderers' work, so that DOCX and PDF say the same.
"""

import datetime
from dataclasses import dataclass
from typing import Literal

Level = Literal[1, 2, 3, 4]


@dataclass(frozen=True)
class Sentence:
    """Words, and the numbers of the sources they are taken from; the numbers are printed as a superscript [1][2]."""

    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """Sentences that follow each other; the first line is indented by two characters."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Heading:
    """A heading without its number: level 1 becomes 一、, 2 （一）, 3 1., 4 （1）."""

    level: Level
    text: str


@dataclass(frozen=True)
class Table:
    """Rows of cells under a head that is repeated on each page; `notes` stand behind the caption.

    A row shorter than the head is filled with empty cells; what it has too many is not drawn.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    """Columns, from 0, whose cells are set to the right."""
    notes: tuple[int, ...] = ()


Block = Paragraph | Heading | Table


@dataclass(frozen=True)
class Source:
    """One row of the annex 来源说明: where the words or figures with this number come from, as text."""

    number: int
    unit: str
    report: str
    receipt: str
    sent_at: str
    where: str
    """The question, the row, or the rule of a figure."""


@dataclass(frozen=True)
class OfficialDocument:
    """The whole document. What is empty is left out, with the space it would take."""

    title: str
    blocks: tuple[Block, ...]
    issuer: str = ""
    """发文机关标志: with it the first page has the red head; without, none."""
    number: str = ""
    """发文字号, below the issuer; not shown without one."""
    addressee: str = ""
    """主送机关, without colon."""
    signature: str = ""
    """发文机关署名, above the date."""
    date: datetime.date | None = None
    attachments: tuple[str, ...] = ()
    """Names of what is attached; the annex of sources is added to them when there are sources."""
    sources: tuple[Source, ...] = ()
    draft_mark: str = ""
    """Said at the top of every page, such as 征求意见稿; empty once final."""
