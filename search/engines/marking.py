"""Marking in a text as written where it answers a question, and choosing the passage that answers it best."""

import re
from collections.abc import Sequence
from functools import lru_cache

from search.engines.base import PASSAGE, Marked, Piece
from search.text import BETWEEN, LETTER, fold_in_place, is_han
from search.understanding import Unit

MAX_READ = 200_000
"""Characters of a document that are looked through for a passage."""

Span = tuple[int, int]


def spans(text: str, units: Sequence[Unit]) -> list[Span]:
    """Where any of the units stands in the text; what touches or overlaps is one span."""
    if not units:
        return []
    folded, places = fold_in_place(text)
    found: list[Span] = []
    for match in _looking_for(tuple(units)).finditer(folded):
        start, end = match.span(1)
        if places is not None:
            start, end = places[start], places[end - 1] + 1
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


@lru_cache(maxsize=256)
def _looking_for(units: tuple[Unit, ...]) -> re.Pattern[str]:
    """Finds each unit wherever it begins, the longest first: its tokens in a row with nothing but signs between."""
    rows = (BETWEEN.join(map(_token, unit)) for unit in sorted(set(units), key=len, reverse=True))
    return re.compile(f"(?=({'|'.join(rows)}))")


def _token(token: str) -> str:
    return token if is_han(token) else f"(?<!{LETTER}){re.escape(token)}(?!{LETTER})"


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
