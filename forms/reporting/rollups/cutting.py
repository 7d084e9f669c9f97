"""Cutting a text into sentences. Pure; the pieces joined are the text, to the letter.

A sentence ends with 。！？； (and … or ! ? ; of the narrow kind), with the closing quotes and brackets behind them,
and at the end of a line. Inside brackets and quotes nothing ends: （一是……；二是……） is one piece, and 他说“好。”
ends with its quote. A bracket that is never closed on its line opens nothing.
"""

import re

from forms.submissions.review.flags import normalised

ENDS = frozenset("。！？；!?;")
PAIRS = dict(zip("（(“‘「『《〈【［[", "）)”’」』》〉】］]", strict=True))
CLOSING = frozenset(PAIRS.values())
GOES_ON = frozenset("，、：；。！？,:;.!?") | CLOSING
"""What, after a closing quote, says that the sentence goes on."""
FINISHED = ENDS | frozenset("…") | CLOSING | frozenset("，、：,:.")
LATIN_END = re.compile(r"[A-Za-z)]\.$")


def sentences(text: str) -> list[str]:
    """The pieces in order, spaces and line ends at their ends; none is blank unless the whole text is."""
    found: list[str] = []
    for line in text.splitlines(keepends=True):
        found += _of_line(line)
    pieces: list[str] = []
    for piece in found:
        if pieces and (not piece.strip() or not pieces[-1].strip()):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _of_line(line: str) -> list[str]:
    pieces, start, at = [], 0, 0
    waiting: list[str] = []
    while at < len(line):
        char = line[at]
        at += 1
        if waiting and char == waiting[-1]:
            waiting.pop()
            ended = line[at - 2] in ENDS and char in "”’」』"
            if waiting or not ended or (at < len(line) and line[at] in GOES_ON):
                continue
        elif char in PAIRS and PAIRS[char] in line[at:]:
            waiting.append(PAIRS[char])
            continue
        elif waiting or not _ends(line, start, at):
            continue
        while at < len(line) and (line[at] in ENDS or (line[at] in CLOSING and not waiting)):
            at += 1
        pieces.append(line[start:at])
        start = at
    return [*pieces, line[start:]] if start < len(line) else pieces


def _ends(line: str, start: int, at: int) -> bool:
    """Whether the character before `at` ends a sentence; a full stop of the narrow kind does after a word only."""
    char, behind = line[at - 1], line[at : at + 1]
    if char in "。！？；":
        return True
    if char in "!?;":
        return not behind or behind.isspace() or char != ";"
    if char == ".":
        return behind.isspace() and bool(LATIN_END.search(line[start:at]))
    return char == "…" and behind != "…" and line[at - 2 : at - 1] == "…" and behind not in GOES_ON


def as_read(piece: str) -> str:
    """The piece in running text: without spaces around, closed with a full stop where its line just ended."""
    plain = " ".join(piece.split())
    if not plain or plain[-1] in FINISHED:
        return plain
    return plain + ("." if plain.isascii() else "。")


def plain_form(piece: str) -> str:
    """Letters and digits: two pieces with the same say the same."""
    return normalised(piece)
