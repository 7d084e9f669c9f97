"""Looking at a stretch of text without its accidents: spaces, line breaks, full width, traditional characters.

A :class:`View` holds the same stretch twice, character for character: ``plain`` as printed but without white space,
``key`` folded for matching. Offsets in a view translate back into the document, so every rule can be written for
clean text and still point at the words it saw.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.files.simplified import SIMPLIFIED
from portal.programmes.plan_import.document import Span

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
PUNCTUATION = str.maketrans(
    {
        **dict.fromkeys("〔【〖［﹝", "["),
        **dict.fromkeys("〕】〗］﹞", "]"),
        **dict.fromkeys("—–―‐‑‒－﹣─━～〜∼~", "-"),
        **dict.fromkeys("﹕∶︰", ":"),
        **dict.fromkeys("｡", "。"),
        **dict.fromkeys("﹑､", "、"),
        **dict.fromkeys("○◯零Ｏ", "〇"),
        "︵": "(",
        "︶": ")",
        "﹙": "(",
        "﹚": ")",
        "〈": "《",
        "〉": "》",
        "⼀": "一",
    }
)
# White space, and with it a page's number on a line of its own: — 3 —.
INVISIBLE = re.compile(
    r"(?:\s*\n[ \t\u3000]*[-—–－]{1,2} ?\d{1,4} ?[-—–－]{1,2}[ \t\u3000]*(?=\n))?"
    r"[\s\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+"
)


def fold(text: str) -> str:
    """Return ``text`` simplified, at half width and with one form of each mark; the length never changes."""
    return text.translate(PUNCTUATION).translate(FULL_WIDTH).translate(SIMPLIFIED)


@dataclass(frozen=True)
class View:
    """A stretch of the document without white space; ``offsets`` has one entry more than ``plain``."""

    text: str
    plain: str
    key: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return where ``plain[start:end]`` stands in the document."""
        if start >= end:
            here = self.offsets[min(start, len(self.offsets) - 1)]
            return Span(here, here)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def words(self, start: int, end: int) -> str:
        """Return the document's words of ``plain[start:end]``, white space and all."""
        span = self.span(start, end)
        return self.text[span.start : span.end]

    def gap(self, index: int) -> bool:
        """Tell whether white space was dropped right before ``plain[index]``."""
        return 0 < index < len(self.plain) and self.offsets[index] > self.offsets[index - 1] + 1


def view(text: str, span: Span, *, breaks: bool = False) -> View:
    """Return the view of ``text[span]``; with ``breaks`` line breaks stay, as in a cell that lists one unit a line."""
    plain: list[str] = []
    offsets: list[int] = []
    position = span.start
    raw = text[span.start : span.end]
    for gap in INVISIBLE.finditer(raw):
        start = span.start + gap.start()
        plain.append(text[position:start])
        offsets.extend(range(position, start))
        if breaks and "\n" in gap[0] and offsets:
            plain.append("\n")
            offsets.append(start + gap[0].index("\n"))
        position = span.start + gap.end()
    plain.append(text[position : span.end])
    offsets.extend(range(position, span.end))
    joined = "".join(plain)
    return View(text, joined, fold(joined), (*offsets, max(span.end, span.start)))
