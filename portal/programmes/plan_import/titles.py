"""The plan's title, without the covering letter's "关于印发…的通知"."""

from __future__ import annotations

import re

from portal.programmes.plan_import.document import Paragraph, SourceDocument
from portal.programmes.plan_import.folding import View, fold, view
from portal.programmes.plan_import.markers import find_marker
from portal.programmes.plan_import.proposal import ProposedTitle

KIND = (
    r"(?:实施方案|行动方案|工作方案|整治方案|实施细则|专项方案|总体方案|行动计划|工作计划|实施计划|三年计划|方案|计划|规划|实施意见|意见|措施|办法|要点|"
    r"任务清单|分工方案|任务分解|规定|条例|细则)"
)
PLAN_TITLE = re.compile(rf"{KIND}(?:\([^()]{{1,24}}\))?$")
LETTER = re.compile(r"^.{0,60}?关于(?:印发|转发|下发|发布)[《]?(?P<title>.{4,80}?)[》]?的通知$")
NO_TITLE = re.compile(
    r"(?:政府|办公室|办公厅|局|委员会|委|厅|文件|指挥部|小组)$|\d日$|[一二三四五六七八九十]日$|号$|印发\)?$"
)
MAX_LENGTH = 90
SEARCHED = 60


def find_title(document: SourceDocument) -> ProposedTitle | None:
    """Return the title: the heading-like line before the first number that names a plan; None for an empty file."""
    lines = _head_lines(document)
    letter: ProposedTitle | None = None
    for index, line in enumerate(lines):
        if match := LETTER.match(line.key):
            start, end = match.span("title")
            letter = letter or _title(line, start, end, "title-in-letter", 0.7)
            continue
        for count in (1, 2, 3):  # a title may stand on several centred lines
            group = lines[index : index + count]
            joined = "".join(one.key for one in group)
            short = all(len(one.key) <= 45 for one in group)
            if (count > 1 and not short) or len(joined) > MAX_LENGTH or re.search(r"[。;:,]", joined):
                break
            if any(find_marker(one.key) or NO_TITLE.search(one.key) for one in group):
                break
            if PLAN_TITLE.search(joined) and not joined.startswith(("根据", "附件", "现将", "按照")):
                whole = view(document.text, group[0].span(0, len(group[0].plain)))
                if count > 1:
                    end = group[-1].offsets[-1]
                    whole = view(document.text, type(whole.span(0, 1))(group[0].offsets[0], end))
                if LETTER.match(whole.key):
                    break
                return _title(whole, 0, len(whole.plain), "title-line", 0.95)
    if letter is not None:
        return letter
    for line in lines:
        if 4 <= len(line.plain) <= MAX_LENGTH and not re.search(r"[。;:]", line.key):
            return _title(line, 0, len(line.plain), "title-first-line", 0.4)
    return _title(lines[0], 0, min(len(lines[0].plain), MAX_LENGTH), "title-first-words", 0.2) if lines else None


def _head_lines(document: SourceDocument) -> list[View]:
    lines: list[View] = []
    for block in document.blocks:
        if not isinstance(block, Paragraph):
            continue
        piece = view(document.text, block.span)
        marker = find_marker(fold(document.text[block.span.start : block.span.end]))
        numbered = bool(lines) and marker is not None and marker.style not in ("arabic", "is", "annex")
        if len(lines) >= SEARCHED or (numbered and any(PLAN_TITLE.search(line.key) for line in lines)):
            break
        if piece.plain:
            lines.append(piece)
    return lines


def _title(line: View, start: int, end: int, rule: str, confidence: float) -> ProposedTitle:
    while start < end and line.key[start] in "《":
        start += 1
    while start < end and line.key[end - 1] in "》":
        end -= 1
    return ProposedTitle(
        span=line.span(start, end),
        words=line.words(start, end),
        rule=rule,
        confidence=confidence,
        title=line.plain[start:end],
    )
