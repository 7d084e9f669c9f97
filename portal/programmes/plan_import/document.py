"""A plan as read: one plain text, and where its paragraphs and table cells lie in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open character offsets into ``SourceDocument.text``."""

    start: int
    end: int


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; ``heading`` is Word's outline level (0 is the highest), None for body text."""

    span: Span
    heading: int | None = None


@dataclass(frozen=True)
class Cell:
    """One printed cell: a merged cell appears once, with the rows and columns it covers."""

    span: Span
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Table:
    """A table as its printed cells in reading order."""

    cells: tuple[Cell, ...]

    @property
    def height(self) -> int:
        """Return the number of rows."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return max((cell.column + cell.columns for cell in self.cells), default=0)

    def grid(self) -> list[list[Cell | None]]:
        """Return rows of columns; a merged cell stands at every place it covers."""
        width = self.width
        rows: list[list[Cell | None]] = [[None] * width for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    rows[row][column] = cell
        return rows

    @property
    def span(self) -> Span:
        """Return the stretch of text from the first cell to the last."""
        return Span(min(c.span.start for c in self.cells), max(c.span.end for c in self.cells))


Block = Paragraph | Table


@dataclass(frozen=True)
class SourceDocument:
    """The text of a plan and its structure; every offset of a proposal points into ``text``."""

    name: str
    text: str
    blocks: tuple[Block, ...]
    footnotes: tuple[Paragraph, ...] = field(default=())

    def pieces(self) -> Iterator[Span]:
        """Yield the spans of paragraphs and cells in reading order, footnotes last."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from (cell.span for cell in block.cells)
            else:
                yield block.span
        yield from (note.span for note in self.footnotes)
