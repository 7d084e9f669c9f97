"""How Chinese is read: pinyin without tones, a character's reading being that of the expression it stands in."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from search.text import is_han


def sounds(tokens: Sequence[str]) -> list[str]:
    """The reading of each token of `search.text.words`; a token that is no Chinese character is its own."""
    found: list[str] = []
    for han, group in groupby(tokens, key=is_han):
        run = list(group)
        found += _readings("".join(run)) if han else run
    return found


UNKNOWN: Any = list
"""What the dictionary does not know is read as written, one by one; its annotations know only half of what it takes."""


def _readings(text: str) -> list[str]:
    """One reading a character. The dictionary takes a fifth of a second to load, so it waits until it is needed."""
    from pypinyin import lazy_pinyin

    found = lazy_pinyin(text, errors=UNKNOWN)
    return found if len(found) == len(text) else [lazy_pinyin(one, errors=UNKNOWN)[0] for one in text]
