"""What has been typed so far, as what names must have: characters, syllables, initials, in any mixture. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain, groupby, islice, product

from search.suggesting.syllables import Sound, cuttings
from search.text import is_han, words

LONGEST = 60
"""Characters that are read: who has typed more knows what to ask."""

CUTTINGS, READINGS = 4, 6
"""So many ways to read a row of letters, and all that was typed."""

_LETTERS = re.compile("([a-z]{1,40})([0-9]*)")
_SILENT = frozenset("第年")


class By(IntEnum):
    """How a name was found; the better way is the smaller number."""

    SHAPE = 0
    SOUND = 1
    INITIALS = 2


@dataclass(frozen=True)
class Element:
    """What one token of a name must be, or begin with."""

    text: str
    by: By
    is_whole: bool = True

    def fits(self, shape: str, sound: str) -> bool:
        """Whether a token of that shape and sound is meant."""
        token = shape if self.by is By.SHAPE else sound
        return token == self.text if self.is_whole else token.startswith(self.text)


Reading = tuple[Element, ...]


def readings(text: str) -> list[Reading]:
    """What may be meant by what was typed, as written first; nothing where there is no letter, digit or character."""
    tokens = words(text[:LONGEST])
    if not tokens:
        return []
    options = [
        _options(token, last=step == len(tokens), alone=len(tokens) == len(token) == 1)
        for step, token in enumerate(tokens, 1)
    ]
    found = [tuple(chain.from_iterable(parts)) for parts in islice(product(*options), READINGS)]
    spoken = [token for token in tokens if token not in _SILENT]
    if spoken and spoken != tokens and any(token.isdigit() for token in spoken):
        # 2020年第14号 is 2020-14-号 among document numbers.
        found.append(tuple(_literal(token, last=place == len(spoken)) for place, token in enumerate(spoken, 1)))
    return found


def by(reading: Reading) -> By:
    """The way in which a reading finds names: its weakest element, but for a syllable that is not finished."""
    kinds = {element.by for element in reading}
    if By.SOUND in kinds:
        return By.SOUND
    return By.INITIALS if By.INITIALS in kinds else By.SHAPE


def runs(reading: Reading) -> Iterator[tuple[By, tuple[Element, ...]]]:
    """Neighbouring elements of one kind."""
    for kind, group in groupby(reading, key=lambda element: element.by):
        yield kind, tuple(group)


def place(reading: Reading, shape: Sequence[str], sound: Sequence[str]) -> int | None:
    """Where in a name the reading stands first; None where it does not."""
    size = len(reading)
    for start in range(len(shape) - size + 1):
        if all(element.fits(shape[start + step], sound[start + step]) for step, element in enumerate(reading)):
            return start
    return None


def _options(token: str, *, last: bool, alone: bool) -> list[Reading]:
    """How one token may be read. Letters are a word as it is written, or sounds; one letter alone says too little."""
    options: list[Reading] = [(_literal(token, last=last),)]
    if not alone and (spoken := _LETTERS.fullmatch(token)):
        letters, digits = spoken.groups()
        figure = (_literal(digits, last=last),) if digits else ()
        cut = cuttings(letters, CUTTINGS)
        options += [(*_spoken(cutting, last=last and not digits), *figure) for cutting in cut]
    return options


def _spoken(cutting: Sequence[Sound], *, last: bool) -> Iterator[Element]:
    """The sounds as elements: after a syllable, the beginning of another one is taken for one that goes on."""
    has_syllables = any(sound.is_whole for sound in cutting)
    for step, sound in enumerate(cutting, 1):
        goes_on = last and step == len(cutting)
        is_syllable = sound.is_whole or (goes_on and has_syllables)
        yield Element(sound.text, By.SOUND if is_syllable else By.INITIALS, is_whole=sound.is_whole and not goes_on)


def _literal(token: str, *, last: bool) -> Element:
    return Element(token, By.SHAPE, is_whole=not last or is_han(token))
