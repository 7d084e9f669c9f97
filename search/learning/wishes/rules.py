"""Which wishes are the same, and which resemble one another. Pure."""

from collections.abc import Mapping
from itertools import pairwise

from search.learning.rules import LONGEST
from search.text import clean, fold, is_han, words

SHOWN = 5
"""So many similar wishes are worth reading."""

ENOUGH = 0.25
"""Of the shorter wish's words, so much must be shared."""


def key_of(text: str) -> str:
    """Under which equal wishes are one: width, case and blanks evened out.

    Unlike in the log nothing is masked: people whose words differ in a number are looking for different things, and
    must not be shown each other's.
    """
    return " ".join(fold(clean(text)).split())[:LONGEST]


def words_of(key: str) -> frozenset[str]:
    """The words of a wish: pairs of neighbouring Chinese characters, and whatever is written otherwise as a whole."""
    tokens = words(key)
    pairs = {first + second for first, second in pairwise(tokens) if is_han(first) and is_han(second)}
    return frozenset(pairs | {token for token in tokens if not is_han(token)}) or frozenset(tokens)


def similar(key: str, others: Mapping[int, frozenset[str]]) -> list[int]:
    """Numbers of the wishes that share words with this one, the most alike first; a few at most."""
    own = words_of(key)
    alike = {number: _likeness(own, theirs) for number, theirs in others.items()}
    found = sorted((number for number, share in alike.items() if share >= ENOUGH), key=lambda one: (-alike[one], one))
    return found[:SHOWN]


def _likeness(own: frozenset[str], theirs: frozenset[str]) -> float:
    shorter = min(len(own), len(theirs))
    return len(own & theirs) / shorter if shorter else 0.0
