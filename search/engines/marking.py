"""Marking in a text as written where it answers a question, and choosing the passage that answers it best."""

from collections.abc import Sequence

from search.engines.base import PASSAGE, Marked, Piece
from search.text import Token, tokens
from search.understanding import Unit

MAX_READ = 200_000
"""Characters of a document that are looked through for a passage."""

Span = tuple[int, int]


def spans(text: str, units: Sequence[Unit]) -> list[Span]:
    """Where any of the units stands in the text; what touches or overlaps is one span."""
    by_first: dict[str, list[Unit]] = {}
    for unit in units:
        by_first.setdefault(unit[0], []).append(unit)
    if not by_first:
        return []
    found: list[Span] = []
    stream = list(tokens(text))
    for place, token in enumerate(stream):
        for unit in by_first.get(token.text, ()):
            stretch = stream[place : place + len(unit)]
            if tuple(item.text for item in stretch) == unit:
                _add(found, token.start, stretch[-1])
    return found


def _add(found: list[Span], start: int, last: Token) -> None:
    if found and start <= found[-1][1]:
        found[-1] = (found[-1][0], max(found[-1][1], last.end))
    else:
        found.append((start, last.end))


def mark(text: str, marked: Sequence[Span]) -> Marked:
    """The whole text in pieces."""
    pieces: list[Piece] = []
    end = 0
    for start, stop in marked:
        if start > end:
            pieces.append(Piece(text[end:start]))
        pieces.append(Piece(text[start:stop], matched=True))
        end = stop
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return tuple(pieces)


def passage(text: str, units: Sequence[Unit], size: int = PASSAGE) -> Marked:
    """The stretch of about `size` characters with most of what was asked for; the beginning when there is nothing."""
    text = text[:MAX_READ]
    found = spans(text, units)
    start = _best_start(found, size)
    stop = min(len(text), start + size)
    inside = [(max(low, start) - start, min(high, stop) - start) for low, high in found if low < stop and high > start]
    pieces = list(mark(text[start:stop], inside))
    if start > 0:
        pieces.insert(0, Piece("…"))
    if stop < len(text):
        pieces.append(Piece("…"))
    return tuple(pieces)


def _best_start(found: Sequence[Span], size: int) -> int:
    """Where a window with the most marked characters begins, with a little of what comes before."""
    best, most = 0, 0
    last, covered = 0, 0
    for first, (start, end) in enumerate(found):
        while last < len(found) and found[last][1] <= start + size:
            covered += found[last][1] - found[last][0]
            last += 1
        if covered > most:
            best, most = start, covered
        if last > first:
            covered -= end - start
        else:
            last = first + 1
    lead = size // 6
    return best - lead if best > lead else 0


def from_markers(text: str, before: str, after: str) -> Marked:
    """Pieces of a text in which an engine put markers around what matched."""
    pieces: list[Piece] = []
    for place, part in enumerate(text.split(before)):
        matched, ended, rest = part.partition(after)
        if place == 0 or not ended:
            pieces.append(Piece(part.replace(after, "")))
            continue
        pieces += [Piece(matched, matched=True), Piece(rest)]
    return tuple(piece for piece in pieces if piece.text)
