"""What was typed as places that a character was meant for: characters, syllables, and what is neither. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import chain, islice, product

from search.suggesting.syllables import cuttings
from search.text import Token, is_han, tokens

CUTTINGS, WAYS = 3, 4
"""So many ways to cut one word of letters into syllables, and all of them."""

LONGEST = 40
"""Letters of a word that may be pinyin."""


class Kind(IntEnum):
    """What was typed in a place."""

    CHARACTER = 0
    SYLLABLE = 1
    WORD = 2
    """Letters and digits that mean themselves."""
    LETTERS = 3
    """Letters that may be pinyin, taken as they are."""


@dataclass(frozen=True)
class Slot:
    """One place: what was typed, folded, and what stood between the place before and it."""

    text: str
    kind: Kind
    as_typed: str
    before: str = ""


@dataclass(frozen=True)
class Row:
    """Places beside one another, where in the text they stand, and the ways in which letters among them may be cut."""

    slots: tuple[Slot, ...]
    start: int
    end: int
    ways: tuple[tuple[Slot, ...], ...]
    """The row as characters and syllables; the row itself where it has no letters that may be pinyin."""


def rows(text: str) -> list[Row]:
    """The rows of a text.

    Blanks part rows, except between syllables: whoever types pinyin parts them. What else stands between two places,
    as the brackets of a document number, does not.
    """
    return [_row(text, group) for group in _groups(text)]


def _groups(text: str) -> Iterator[list[Token]]:
    group: list[Token] = []
    for token in tokens(text):
        if group:
            gap = text[group[-1].end : token.start]
            spoken = _is_spoken(group[-1].text) and _is_spoken(token.text)
            if any(map(str.isspace, gap)) and not spoken:
                yield group
                group = []
        group.append(token)
    if group:
        yield group


def _row(text: str, group: Sequence[Token]) -> Row:
    ends = [group[0].start, *(token.end for token in group)]
    typed: list[Slot] = []
    options: list[list[list[Slot]]] = []
    for token, end in zip(group, ends, strict=False):
        gap = text[end : token.start]
        # Blanks between syllables part nothing that is written in characters.
        before = "" if gap.isspace() else gap
        ways = _cut(token.text)
        kind = Kind.CHARACTER if is_han(token.text) else Kind.LETTERS if ways else Kind.WORD
        slot = Slot(token.text, kind, text[token.start : token.end], gap)
        typed.append(slot)
        options.append([[*_spoken(way, before)] for way in ways] or [[replace(slot, before=before)]])
    found = islice(product(*options), WAYS)
    return Row(tuple(typed), ends[0], ends[-1], tuple(tuple(chain.from_iterable(way)) for way in found))


def _spoken(syllables: Sequence[str], before: str) -> Iterator[Slot]:
    for place, syllable in enumerate(syllables):
        yield Slot(syllable, Kind.SYLLABLE, syllable, "" if place else before)


def _is_spoken(token: str) -> bool:
    return bool(_cut(token))


def _cut(token: str) -> list[list[str]]:
    """The syllables of which letters consist altogether, in every way."""
    token = token.replace("ü", "v")
    if not (token.isascii() and token.isalpha()) or len(token) > LONGEST:
        return []
    found = cuttings(token, CUTTINGS)
    return [[sound.text for sound in way] for way in found if all(sound.is_whole for sound in way)]
