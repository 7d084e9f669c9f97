"""Words of an official document: what may stand in it, how numbers are written, how wide it will be."""

import datetime
import re
import unicodedata
from collections.abc import Iterable

from portal.files.numerals import chinese

WIDE = frozenset("WFA")
"""East Asian widths (UAX 11) that take a whole square; A, the ambiguous, do so in Chinese type: “ ” … —."""
DROPPED = frozenset(("Cc", "Cs", "Cn"))
"""Controls, halves of a character, and code points that are none: no file takes them."""
DIRECTIONS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""They turn what stands beside them around, past the end of the words that brought them."""
LINE_ENDS = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
SPACES = re.compile(r"[ \t\u00a0]+")
LATIN = re.compile(r"[\x21-\x7e]+")
LATIN_WIDTH = 1.2
"""Digits of types that are not Chinese are this much wider than half a square."""
STOPS = re.compile(r"[。！？；，、：.!?;,]+$")


def lines_of(text: str) -> list[str]:
    """The lines of a text, each without what cannot be printed; spaces in a row become one."""
    return [_printable(line) for line in LINE_ENDS.split(text)]


def line_of(text: str) -> str:
    """The text on one line, without spaces around it."""
    return SPACES.sub(" ", " ".join(lines_of(text))).strip()


def _printable(line: str) -> str:
    kept = (c for c in SPACES.sub(" ", line) if unicodedata.category(c) not in DROPPED and c not in DIRECTIONS)
    return "".join(kept)


def before_stop(text: str) -> tuple[str, str]:
    """The text and the stop it ends in: the number of a source stands between them (GB/T 7714)."""
    found = STOPS.search(text)
    at = found.start() if found and found.start() else len(text)
    return text[:at], text[at:]


def note_label(notes: Iterable[int]) -> str:
    """[1,3–5] for the sources 5, 4, 3, 1; empty for none."""
    spans: list[list[int]] = []
    for number in sorted(set(notes)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    parts = [
        str(first) if first == last else f"{first},{last}" if last == first + 1 else f"{first}–{last}"
        for first, last in spans
    ]
    return f"[{','.join(parts)}]" if parts else ""


def heading_number(level: int, number: int) -> str:
    """What stands before a heading: 一、 （一） 1. （1）."""
    return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}.", f"（{number}）")[level - 1]


def day(date: datetime.date) -> str:
    """2020年10月12日: Arabic digits, no zeros in front."""
    return f"{date.year}年{date.month}月{date.day}日"


def width(text: str) -> float:
    """About how wide the text is, in squares of its type."""
    return sum(1.0 if unicodedata.east_asian_width(c) in WIDE else 0.5 for c in text if not unicodedata.combining(c))


def longest_word(text: str) -> float:
    """The width of the longest piece that a line is not broken in, as the widest of the usual types set it."""
    return max((LATIN_WIDTH * width(word) for word in LATIN.findall(text)), default=1.0 if text else 0.0)
