"""How text is folded and cut into tokens where the portal does it itself: embedded engine, highlights, queries.

The Elasticsearch definition does the same with the components of the official distribution: full- and half-width forms,
upper and lower case, traditional and simplified characters are one; a Chinese character is a token; a run of other
letters and digits is a token; everything else separates.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from portal.files.simplified import SIMPLIFIED

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Ideographs, radicals and the marks that stand among them, for use inside a character class."""

LETTER = f"[^\\W_{HAN}]"
"""A letter or digit that is no ideograph; a pattern."""

BETWEEN = re.compile(f"(?:(?![{HAN}])[\\W_])*")
"""What may stand between two tokens that follow each other."""

_TOKEN = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")
RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
"""Uninterrupted Chinese text, or another word."""
_HAN = re.compile(f"[{HAN}]")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff\ufffe\uffff\ud800-\udfff]")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Token:
    """A folded token and where it stands in the text as written."""

    text: str
    start: int
    end: int


def is_han(token: str) -> bool:
    """Whether a token is a Chinese character."""
    return _HAN.match(token) is not None


@lru_cache(maxsize=16_384)
def _fold_character(character: str) -> str:
    return unicodedata.normalize("NFKC", character).lower().translate(SIMPLIFIED)


def is_letter(character: str) -> bool:
    """Whether a character is a letter or digit and no ideograph: `LETTER`."""
    return character.isalnum() and not is_han(character)


def fold(text: str) -> str:
    """Text with width, compatibility forms, case and traditional characters evened out; its length may change."""
    return "".join(map(_fold_character, text))


_FOLDED = (
    (0x00AA, 0x00BE),  # ² ½
    (0x0132, 0x0149),
    (0x2070, 0x218B),  # ₂ ℃ № Ⅲ
    (0x2460, 0x24FF),  # ① ⑴ ⒈ Ⓐ
    (0x2E80, 0x2FDF),  # radicals
    (0x3021, 0x3029),
    (0x3200, 0x33FF),  # ㈠ ㊣ ㎡
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFB00, 0xFB06),  # ﬁ
)


def folded_characters() -> dict[str, str]:
    """Every character of Chinese documents that is folded to others, and to which; for an engine that folds by itself.

    Letters of another width or case are not among them, and what has neither letter nor character.
    """
    characters = (chr(code) for first, last in _FOLDED for code in range(first, last + 1))
    return {
        each: folded
        for each in characters
        if (folded := fold(each)) not in {each, each.lower()} and _TOKEN.search(folded) and max(folded) <= "\uffff"
    }


def fold_in_place(text: str) -> tuple[str, Sequence[int] | None]:
    """The folded text, and where each of its characters stands in the text as written; None: at the same place."""
    pieces = list(map(_fold_character, text))
    folded = "".join(pieces)
    if len(folded) == len(text) and all(pieces):
        return folded, None
    return folded, [place for place, piece in enumerate(pieces) for _ in piece]


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text with their places in the text as written."""
    folded, places = fold_in_place(text)
    for found in _TOKEN.finditer(folded):
        start, last = found.start(), found.end() - 1
        if places is not None:
            start, last = places[start], places[last]
        yield Token(found.group(), start, last + 1)


def words(text: str) -> list[str]:
    """The tokens of a text without their places."""
    return _TOKEN.findall(fold(text))


def pairs(text: str) -> Iterator[str]:
    """Pairs of Chinese characters that stand side by side, and other words; a character alone is left out."""
    for found in RUN.finditer(fold(text)):
        run = found.group()
        if not is_han(run):
            yield run
            continue
        for place in range(len(run) - 1):
            yield run[place : place + 2]


def clean(text: str) -> str:
    """Text without control characters, private-use characters and doubled blanks."""
    return _BLANK.sub(" ", _UNSEEN.sub(" ", text)).strip()
