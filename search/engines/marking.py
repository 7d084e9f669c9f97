"""Marking in a text as written where it answers a question, and choosing the passage that answers it best."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from search.engines.base import PASSAGE, Hit, Marked, Piece, Place
from search.text import BETWEEN, fold_in_place, is_han, is_letter
from search.understanding import Unit

MAX_READ = 200_000
"""Characters of a document that are looked through for a passage."""

Span = tuple[int, int]


class Rows(NamedTuple):
    """Units that begin with the same character."""

    tokens: list[tuple[tuple[str, bool], ...]]
    """Each token by token, the longest first; a token with whether it is a word, of which no part is marked."""
    following: frozenset[str]
    """The characters that come second in them; "" where one has no second."""


def spans(text: str, units: Sequence[Unit]) -> list[Span]:
    """Where any of the units stands in the text; what touches or overlaps is one span."""
    if not units:
        return []
    beginnings, heads = _beginnings(tuple(units))
    folded, places = fold_in_place(text)
    found: list[Span] = []
    for head in heads.finditer(folded):
        start = begun = head.start()
        rows = beginnings[head.group()]
        following = folded[start + 1 : start + 2]
        # Nearly always it is another word that begins alike; then there is no sign either that could stand between.
        if following not in rows.following and "" not in rows.following and following.isalnum():
            continue
        end = next((end for row in rows.tokens if (end := _end(row, folded, start))), 0)
        if not end:
            continue
        if places is not None:
            begun, end = places[start], places[end - 1] + 1
        if found and begun <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begun, end))
    return found


@lru_cache(maxsize=256)
def _beginnings(units: tuple[Unit, ...]) -> tuple[dict[str, Rows], re.Pattern[str]]:
    """First character → what begins with it; and what finds one of these characters.

    One regular expression for all units would be as quick to search with, but takes 20 ms to be made for a question.
    """
    alike: dict[str, list[Unit]] = defaultdict(list)
    for unit in sorted(set(units), key=len, reverse=True):
        alike[unit[0][0]].append(unit)
    beginnings = {
        first: Rows(
            [tuple((token, not is_han(token)) for token in unit) for unit in found],
            frozenset("".join(unit)[1:2] for unit in found),
        )
        for first, found in alike.items()
    }
    return beginnings, re.compile(f"[{re.escape(''.join(beginnings))}]")


def _end(row: tuple[tuple[str, bool], ...], folded: str, start: int) -> int:
    """Where the row ends that begins there: its tokens one after the other with nothing but signs between; else 0."""
    place = start
    for token, is_word in row:
        if not folded.startswith(token, place):
            if place == start or folded[place : place + 1].isalnum():
                return 0
            gap = BETWEEN.match(folded, place)
            place = gap.end() if gap else place
            if not folded.startswith(token, place):
                return 0
        begin, place = place, place + len(token)
        if is_word and (is_letter(folded[begin - 1 : begin]) or is_letter(folded[place : place + 1])):
            return 0
    return place


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


def quoting(hit: Hit, place: Place, body: str, units: Sequence[Unit]) -> Hit:
    """The thing with the passage of its part at `place`, where that answers and its own does not."""
    if _has_match(hit.passage):
        return hit
    said = passage(body, units)
    if not _has_match(said):
        return hit
    return replace(hit, passage=said, quoted=place, others=tuple(other for other in hit.others if other != place))


def _has_match(pieces: Marked) -> bool:
    return any(piece.matched for piece in pieces)


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
