"""What a typed question asks for: phrases in quotes, document numbers, words."""

import re
from dataclasses import dataclass
from itertools import pairwise

from search.numbers import DocumentNumber, numbers_in
from search.text import HAN, fold, is_han, words

MAX_TEXT = 300
"""Characters of a question that are read."""

_QUOTED = re.compile('"([^"]*)"|\u201c([^\u201d]*)\u201d|「([^」]*)」|『([^』]*)』')

_RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")

Unit = tuple[str, ...]
"""Tokens that must stand beside one another."""


@dataclass(frozen=True)
class Understood:
    """A question taken apart."""

    phrases: tuple[Unit, ...] = ()
    """Every one of them must be there."""
    numbers: tuple[DocumentNumber, ...] = ()
    """Every one of them must be the document's own or be cited by it."""
    units: tuple[Unit, ...] = ()
    """Pairs of Chinese characters and other words; `needed` says how many of them must be there."""
    runs: tuple[str, ...] = ()
    """The text of the units: uninterrupted Chinese text, or one other word."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.phrases or self.numbers or self.units)

    @property
    def needed(self) -> int:
        """How many of the units a document must have."""
        return needed(len(self.units))


def needed(units: int) -> int:
    """How many of so many units a document must have: all of three, three quarters of eight, one of more.

    A few words are what somebody looks for; more are a question in a person's own words, of which no regulation has
    most. The same as MINIMUM_SHOULD_MATCH.
    """
    if units <= FEW:
        return units
    return units * 75 // 100 if units <= MANY else 1


FEW, MANY = 3, 8
MINIMUM_SHOULD_MATCH = f"{FEW}<75% {MANY}<1"
"""In Elasticsearch's words."""


def understand(text: str) -> Understood:
    """Take a question apart. Any text is a question; operators there are none but quotes."""
    text = text[:MAX_TEXT]
    phrases = [tuple(words("".join(found.groups(default="")))) for found in _QUOTED.finditer(text)]
    rest = fold(_QUOTED.sub(" ", text))
    numbers = numbers_in(rest)
    for number in numbers:
        rest = rest.replace(number.text, " ")
    units: list[Unit] = []
    runs: list[str] = []
    for run in _runs(rest):
        if not is_han(run):
            units.append((run,))
        elif len(run) > 1:
            units.extend(pairwise(run))
        else:
            phrases.append((run,))
            continue
        runs.append(run)
    return Understood(
        phrases=tuple(dict.fromkeys(phrase for phrase in phrases if phrase)),
        numbers=tuple(numbers),
        units=tuple(units),
        runs=tuple(runs),
    )


def _runs(text: str) -> list[str]:
    """Uninterrupted Chinese text, and other words.

    A single Chinese character that touches a word (the 号 of 14号) is left out: it says nothing alone, and the word
    beside it is asked for anyway.
    """
    found = list(_RUN.finditer(text))
    starts, ends = {run.start() for run in found}, {run.end() for run in found}
    return [
        run.group()
        for run in found
        if len(run.group()) > 1 or not is_han(run.group()) or (run.start() not in ends and run.end() not in starts)
    ]
