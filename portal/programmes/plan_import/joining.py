"""Joining lines that a hard break, or a page break, tore apart.

A plan copied out of a PDF breaks its lines anywhere, even inside a unit's name, and may put an empty line at a page's
end. A line continues the one before it when that one stops in the middle of a sentence and the new one does not begin
anything (no number, no 责任单位：, no indent of a new paragraph).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from portal.programmes.plan_import.document import Span
from portal.programmes.plan_import.folding import fold
from portal.programmes.plan_import.markers import Marker, find_marker
from portal.programmes.plan_import.slot_keys import SLOT, SLOT_AT_START
from portal.programmes.plan_import.unit_names import is_unit_like

SENTENCE_END = re.compile(r"[。！？；!?;:](?:[”’」』》)\]]*)$|[)\]]$")
HANGING = re.compile(r"[、，,(\[《“‘「『和及与]$")
TITLE_LIKE = re.compile(r"[。；，,;]")
CLOSING_START = re.compile(r"^[、，。；：,;:)\]》”’」』]")
STANDS_ALONE = re.compile(
    r"^[(\[]?(?:此件|附件|附表|联系人|联系电话|抄送|注:|备注|说明:|印发机关|\d{4}年\d{1,2}月\d{1,2}日$"
    r"|[一二三四五六七八九〇]{4}年[一二三四五六七八九十]{1,2}月)|^[^。;:(]{2,30}(?:单位|部门|政府|机关|局|办):$"
    r"|^[\u4e00-\u9fff]{1,10}\[20\d\d\]\d+号$"
)
# Page numbers, and lines of a table of contents.
PAGE_FURNITURE = re.compile(
    r"[-—–－]{1,2}\s?\d{1,4}\s?[-—–－]{1,2}|第\s?\d{1,4}\s?页.{0,12}|.{1,60}?[.．·…]{4,}\s*\d{1,4}"
)
MAX_LIST = 600  # characters of a slot
LONG_HEADING = 45
FULL_LINE_SLACK = 3
# Forms of numbers that begin a paragraph even where a bracket was left open.
WIDEST_PAGE = 60  # characters
MIN_EDGE_LINES = 5
MAIN_STYLES = frozenset(("annex", "chapter", "part", "section", "article", "cn", "cn-paren"))


def join_lines(text: str, lines: list[Span]) -> list[Span]:
    """Return the spans of the paragraphs that ``lines`` (without their line ends) make up; empty lines vanish."""
    layout = _Layout(_wrap_width(text, lines), _paragraphs_are_indented(text, lines))
    paragraphs: list[Span] = []
    last: Span | None = None
    depth = 0  # brackets the paragraph has opened and not yet closed
    for line in lines:
        content = text[line.start : line.end].strip()
        if not content or PAGE_FURNITURE.fullmatch(content):
            continue
        start = line.start + text[line.start : line.end].index(content[0])
        trimmed = Span(start, start + len(content))
        if last is not None and _continues(text, paragraphs[-1], last, line, layout, depth):
            paragraphs[-1] = Span(paragraphs[-1].start, trimmed.end)
        else:
            paragraphs.append(trimmed)
            depth = 0
        folded = fold(content)
        opened = folded.count("(") + folded.count("[") - folded.count(")") - folded.count("]")
        depth = max(0, depth + opened)
        last = Span(line.start, trimmed.end)  # with its indent, which counts for the line's width
    return paragraphs


@dataclass(frozen=True)
class _Layout:
    """How the file is set: the column at which its lines break, and whether its paragraphs are indented."""

    width: int | None
    indented: bool


def _continues(text: str, paragraph: Span, last: Span, line: Span, layout: _Layout, depth: int) -> bool:
    raw = text[line.start : line.end]
    content = fold(raw.strip())
    tail = fold(text[max(last.start, last.end - 12) : last.end].rstrip())
    previous = fold(text[last.start : last.end])
    if CLOSING_START.search(content):
        return True
    marker = find_marker(content)
    if marker is not None and _hangs(marker, tail):
        marker = None
    full = layout.width is not None and _columns(text[last.start : last.end]) >= layout.width - FULL_LINE_SLACK
    if 0 < depth <= 2 and (full or HANGING.search(tail) or tail.endswith(":")):
        return marker is None or marker.style not in MAIN_STYLES
    if marker is not None or SLOT_AT_START.match(content) or STANDS_ALONE.search(content):
        return False
    if HANGING.search(tail) or _goes_on_listing(text, paragraph, content):
        return True
    if layout.indented and 2 <= _indent(raw) <= 6:
        return False
    if full:
        return True
    if SENTENCE_END.search(tail) or STANDS_ALONE.search(previous.strip()):
        return False
    head = fold(text[paragraph.start : min(paragraph.end, paragraph.start + 400)])
    prose = bool(TITLE_LIKE.search(head)) or paragraph.end - paragraph.start > LONG_HEADING
    return prose and not SLOT_AT_START.match(head)


def _goes_on_listing(text: str, paragraph: Span, content: str) -> bool:
    """Tell whether a line goes on with the list of units of the paragraph's last slot, perhaps inside a name.

    "责任部门：市住房和城" goes on with "乡建设局"; a paragraph of text after the slot does not read as names.
    """
    if paragraph.end - paragraph.start > MAX_LIST:
        return False
    head = fold(text[paragraph.start : paragraph.end])
    slots = [match for match in SLOT.finditer(head) if match["units"]]
    if not slots or head.rstrip().endswith(("。", ")", "]")):
        return False
    before = "".join(head[slots[-1].end() :].split())
    after = "".join(content.split()).rstrip("。;")
    if after.count(")") > after.count("("):
        after = after.rstrip(")")
    if not before or not re.search(r"[\u4e00-\u9fff]", after):
        return False
    last = max(before.rfind(mark) for mark in "、,;") + 1
    first, *others = re.split(r"[、,;]", after)
    whole = is_unit_like(before[last:]) and is_unit_like(first)
    pieces = [before[last:], first, *others] if whole else [before[last:] + first, *others]
    pieces = [piece for piece in pieces if piece]
    names = [re.sub(r"\((?:总?牵头|配合|负责)\)$|(?:牵头|配合|负责|落实)$", "", piece) for piece in pieces]
    *complete, last_name = names
    torn_again = bool(complete) and re.fullmatch(r"[省市县区州国各][\u4e00-\u9fff]{1,14}", last_name) is not None
    return all(is_unit_like(name) for name in complete) and (torn_again or is_unit_like(last_name))


def _hangs(marker: Marker, tail: str) -> bool:
    """Tell whether what looks like a bullet stands inside a sentence: "市公安局、" and then "★市民政局", a dash."""
    if not marker.style.startswith("bullet"):
        return False
    return bool(HANGING.search(tail)) or (marker.style == "bullet---" and not SENTENCE_END.search(tail))


def _columns(text: str) -> int:
    """Return the width of ``text`` in columns of half an em, as a terminal or a fixed page would show it."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _wrap_width(text: str, lines: list[Span]) -> int | None:
    """Return the column at which the file breaks its lines, or None when it breaks only at paragraphs."""
    widths = Counter(_columns(text[line.start : line.end].rstrip()) // 2 for line in lines[:3000])
    widths.pop(0, None)
    total = sum(widths.values())
    if total < 8:
        return None
    best = max(widths, key=lambda w: widths[w] + widths[w - 1] + widths[w + 1])
    longest = max(widths)
    near = sum(count for w, count in widths.items() if abs(w - best) <= 1)
    if best >= 15 and longest <= best + 3 and near * 4 >= total:
        return best * 2
    at_edge = sum(count for w, count in widths.items() if w >= longest - 2)
    if 15 <= longest <= WIDEST_PAGE and at_edge >= max(MIN_EDGE_LINES, total // 16):
        return (longest - 2) * 2
    return None


def _indent(raw: str) -> int:
    lead = raw[: len(raw) - len(raw.lstrip())]
    return _columns(lead.replace("\t", "    "))


def _paragraphs_are_indented(text: str, lines: list[Span]) -> bool:
    """Tell whether paragraphs begin with an indent and continued lines do not."""
    starts = [_indent(text[line.start : line.end]) for line in lines[:3000] if text[line.start : line.end].strip()]
    some = sum(2 <= indent <= 6 for indent in starts)
    return bool(starts) and some * 10 >= len(starts) * 2
