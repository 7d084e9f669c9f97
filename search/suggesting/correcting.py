"""What a question that finds nothing was probably meant to be, in words that the asker may find."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from search.engines.base import EngineUnavailableError
from search.engines.embedded.vocabulary import Vocabulary
from search.suggesting import lattice
from search.suggesting.lattice import Known, Meant, Pair
from search.suggesting.services import asker_of, embedded
from search.suggesting.slots import Kind, Row, Slot, rows
from search.understanding import has_signs

FEWEST, MOST = 2, 24
"""Places in a row that are looked at: one says too little, and whoever types many has written a sentence."""

LONGEST = 60
"""Characters of a question that is looked at."""


class Words(Protocol):
    """What is known of words, to one asker (see `search.engines.embedded.vocabulary`)."""

    def occurring(self, characters: Collection[str]) -> frozenset[str]:
        """Those of the characters that any name has."""
        ...

    def times(self, pairs: Iterable[Pair]) -> dict[Pair, int]:
        """In how many names that may be found pairs stand; pairs in none are left out."""
        ...

    def in_text(self, pairs: Iterable[Pair]) -> frozenset[Pair]:
        """Those that stand in running text that may be found."""
        ...

    def between(self, before: str, after: str) -> frozenset[str]:
        """Characters that stand behind the one and before the other."""
        ...


@dataclass(frozen=True)
class Correction:
    """What was probably meant, and whether that is so close that nobody need be asked."""

    text: str
    is_close: bool


def correction(text: str, tokens: frozenset[str]) -> Correction | None:
    """What was probably meant; None where the words are known, where nothing known is like them, and without an index.

    Quotes, minus and OR say that somebody means what is typed.
    """
    try:
        with embedded().reading() as (connection, tables):
            return corrected(text, Vocabulary(connection, tables, asker_of(tokens)))
    except EngineUnavailableError:
        return None


def corrected(text: str, vocabulary: Words) -> Correction | None:
    """The same with what is known of words. Pure, as far as these are."""
    if len(text) > LONGEST or has_signs(text):
        return None
    pieces, end, is_close = [], 0, True
    for row in rows(text):
        meant = _meant(row, vocabulary)
        if meant is not None:
            way, answer = meant
            pieces += [text[end : row.start], _written(way, answer)]
            end, is_close = row.end, is_close and answer.is_close
    better = "".join([*pieces, text[end:]])
    return Correction(better, is_close) if pieces and better != text else None


def _meant(row: Row, vocabulary: Words) -> "tuple[tuple[Slot, ...], Meant] | None":
    """The way in which a row is meant, and what; None where it is as it was typed or like nothing."""
    if all(slot.kind is Kind.WORD for slot in row.slots) or not any(FEWEST <= len(way) <= MOST for way in row.ways):
        return None
    typed = lattice.typed_pairs(row.slots)
    names = vocabulary.times(typed)
    unnamed = [pair for pair in typed if pair not in names and lattice.is_open(pair)]
    known = Known(names, vocabulary.in_text(unnamed))
    as_typed = lattice.cost_as_typed(row.slots, known)
    if as_typed <= lattice.MARGIN + lattice.SAME_SOUND:
        return None
    found = [(way, answer) for way in row.ways if (answer := _best(way, known, vocabulary)) is not None]
    if not found:
        return None
    way, answer = min(found, key=lambda one: one[1].cost)
    return (way, _joined(answer, vocabulary)) if answer.cost + lattice.MARGIN <= as_typed else None


def _joined(answer: Meant, vocabulary: Words) -> Meant:
    """The answer without the blanks between words that stand beside one another in running text."""
    parted = [(one.text, other.text) for one, other in pairwise(answer.steps) if other.is_parted]
    together = vocabulary.in_text(parted)
    steps = [
        replace(step, is_parted=step.is_parted and (before.text, step.text) not in together)
        for before, step in pairwise(answer.steps)
    ]
    return replace(answer, steps=(*answer.steps[:1], *steps))


def _best(slots: Sequence[Slot], known: Known, vocabulary: Words) -> Meant | None:
    if not FEWEST <= len(slots) <= MOST:
        return None
    places = lattice.doubtful(slots, known)
    each = {place: lattice.candidates(slots[place]) for place in places}
    occurring = vocabulary.occurring({text for options in each.values() for text in options})
    each = {place: {text: each[place][text] for text in each[place] if text in occurring} for place in places}
    between, missing = {}, {}
    for place in places:
        if slots[place].kind is not Kind.CHARACTER or place == 0:
            continue
        before = slots[place - 1].text
        missing[place] = vocabulary.between(before, slots[place].text)
        if place + 1 < len(slots):
            between[place] = vocabulary.between(before, slots[place + 1].text)
    ways = lattice.moves(slots, each, between, missing)
    return lattice.best(ways, Known(vocabulary.times(lattice.pairs_of(ways)), known.in_text))


def _written(slots: Sequence[Slot], meant: Meant) -> str:
    """The answer with what stood between the places, and what is as typed in the width and case it was typed in."""
    pieces = []
    for step in meant.steps:
        if step.is_parted:
            pieces.append(" ")
        if step.place is None:
            pieces.append(step.text)
            continue
        slot = slots[step.place]
        pieces += [slot.before if step.place else "", slot.as_typed if step.text == slot.text else step.text]
    return "".join(pieces)
