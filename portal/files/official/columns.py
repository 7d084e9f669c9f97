"""How a table is laid out: the size of its type, and how wide its columns are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from portal.files.official.words import LATIN_WIDTH, line_of, lines_of, longest_word, width

TEXT_POINTS = 442.2
"""156 mm."""
SIZES = (12.0, 10.5, 9.0, 7.5, 6.5, 5.5)
"""小四, 五号, 小五, 六号, 小六, 七号."""
PADDING = 1.0
"""Squares left free in a cell, both sides together."""
TALL_POINTS = 300
"""Type, without what is between the lines; a page is 637 high."""
WIDEST_WORD = 11
"""Squares that a long word in Latin letters may claim; a longer one is broken."""
WIDEST = 28
"""Squares beyond which a column is not made wider for its words."""
NARROWEST = 2
SHORT_HEAD = 4
"""Squares of a column's head that is not broken in two."""


@dataclass(frozen=True)
class Grid:
    """A table for the page: clean cells, as many in each row as there are columns."""

    head: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    """Each cell is a tuple of lines."""
    numeric: frozenset[int]
    points: float
    """The size of its type."""
    widths: tuple[float, ...]
    """Of the columns, in points; together as wide as the text."""

    def is_tall(self, row: tuple[tuple[str, ...], ...]) -> bool:
        """Whether a page may be too low for the row, so that it has to be broken."""
        rooms = (wide / self.points - PADDING for wide in self.widths)
        lines = (
            sum(math.ceil(LATIN_WIDTH * width(line) / room) or 1 for line in cell)
            for cell, room in zip(row, rooms, strict=True)
        )
        return max(lines) * self.points > TALL_POINTS


def grid_of(
    head: Sequence[str], rows: Sequence[Sequence[str]], numeric: frozenset[int], most_points: float = SIZES[0]
) -> Grid:
    """The table in the largest type in which no column is too narrow for its longest word."""
    heads = tuple(map(line_of, head)) or ("",)
    cells = tuple(_row(row, len(heads)) for row in rows)
    least, wanted = _claims(heads, cells, numeric)
    sizes = [size for size in SIZES if size <= most_points]
    points = next((size for size in sizes if sum(least) * size <= TEXT_POINTS), sizes[-1])
    return Grid(heads, cells, numeric, points, _shares(least, wanted, TEXT_POINTS / points, points))


def _row(row: Sequence[str], columns: int) -> tuple[tuple[str, ...], ...]:
    filled = [*row[:columns], *[""] * (columns - len(row))]
    return tuple(tuple(line.strip() for line in lines_of(cell.strip())) for cell in filled)


def _claims(
    heads: tuple[str, ...], rows: tuple[tuple[tuple[str, ...], ...], ...], numeric: frozenset[int]
) -> tuple[list[float], list[float]]:
    """For each column: the squares it cannot do without, and those in which nothing would be broken."""
    least = [max(NARROWEST, min(WIDEST_WORD, longest_word(head)), min(width(head), SHORT_HEAD)) for head in heads]
    wanted = [min(WIDEST, max(NARROWEST, width(head))) for head in heads]
    for row in rows:
        for column, cell in enumerate(row):
            for line in cell:
                squares = width(line)
                if squares > least[column]:
                    word = squares * LATIN_WIDTH if column in numeric else longest_word(line)
                    least[column] = max(least[column], min(WIDEST_WORD, word))
                    wanted[column] = max(wanted[column], min(WIDEST, squares))
    return [one + PADDING for one in least], [one + PADDING for one in wanted]


def _shares(least: list[float], wanted: list[float], room: float, points: float) -> tuple[float, ...]:
    """The room shared out, in points: everybody has the least, the rest goes by what is wanted beyond it."""
    if sum(wanted) <= room:
        shares = [one * room / sum(wanted) for one in wanted]
    elif sum(least) >= room:
        shares = [one * room / sum(least) for one in least]
    else:
        beyond = [want - need for want, need in zip(wanted, least, strict=True)]
        rest = (room - sum(least)) / sum(beyond)
        shares = [need + more * rest for need, more in zip(least, beyond, strict=True)]
    return tuple(round(share * points, 2) for share in shares)
