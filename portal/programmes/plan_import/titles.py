"""The plan's title, without the covering letter's "关于印发…的通知"."""

from __future__ import annotations

import re

from portal.programmes.plan_import.document import Paragraph, SourceDocument, Span
from portal.programmes.plan_import.folding import View, fold, view
from portal.programmes.plan_import.markers import find_marker
from portal.programmes.plan_import.proposal import ProposedTitle

KIND = (
    r"(?:实施方案|行动方案|工作方案|整治方案|实施细则|专项方案|总体方案|行动计划|工作计划|实施计划|三年计划|方案|计划|规划|实施意见|意见|措施|办法|要点|"
    r"任务清单|分工方案|任务分解|规定|条例|细则)"
)
PLAN_TITLE = re.compile(rf"{KIND}(?:\([^()]{{1,24}}\))?$")
_PASSES_ON = "印发|转发|下发|发布|批转"
LETTER = re.compile(rf"^.{{0,60}}?关于(?:{_PASSES_ON})[《]?(?P<title>.{{4,80}}?)[》]?的通知$")
# A plan that is itself a notice: 县政府办公室关于开展…整治的通知.
NOTICE = re.compile(
    rf"^(?P<title>[^。;:]{{0,60}}?关于(?!{_PASSES_ON}|调整|成立)[^。;:]{{4,80}}的(?:紧急)?(?:通知|决定))$"
)
NO_TITLE = re.compile(
    r"(?:政府|办公室|办公厅|局|委员会|委|厅|文件|指挥部|小组)$|\d日$|[一二三四五六七八九十]日$|号$|印发\)?$"
)
NUMBER_ALONE = re.compile(r"^[^《》]{0,20}\[\d{4}\]\d+号$|文件$")
BODY = re.compile(r"(?:政府|办公室|办公厅|局|委员会|委|厅|指挥部|小组|法院|检察院|工会|联合会)$")
# Lines about the file, not the plan: (此件公开发布), 特急, 签发人.
ASIDE = re.compile(r"^\([^()]*\)$|^(?:密级|签发人|发文字号|索引号|主题词|特急|加急|平急|急件|内部|不予公开|主动公开)")
YEARS = re.compile(r"^\((?:19|20)\d\d[^()]{0,16}\)$")
SENTENCE = re.compile(r"[。;:,]")
MAX_LENGTH = 90
MAX_LINES = 4
SEARCHED = 60


def find_title(document: SourceDocument) -> ProposedTitle | None:
    """Return the title: the heading-like line before the first number that names a plan; None for an empty file."""
    everything = _head_lines(document)
    lines = [line for line in everything if YEARS.match(line.key) or not ASIDE.match(line.key)]
    for index, line in enumerate(lines):
        if LETTER.match(line.key):
            continue
        for count in (1, 2, 3):  # a title may stand on several centred lines
            group = lines[index : index + count]
            joined = "".join(one.key for one in group)
            short = all(len(one.key) <= 45 for one in group)
            if (count > 1 and not short) or len(joined) > MAX_LENGTH or SENTENCE.search(joined):
                break
            if any(find_marker(one.key) or NO_TITLE.search(one.key) for one in group):
                break
            if PLAN_TITLE.search(joined) and not joined.startswith(("根据", "附件", "现将", "按照", "(")):
                if LETTER.match(joined):
                    break
                if YEARS.match(lines[index + count].key if index + count < len(lines) else ""):
                    group = lines[index : index + count + 1]
                if index and joined.startswith("关于") and BODY.search(lines[index - 1].key):
                    group = [lines[index - 1], *group]
                return _of_lines(document, group, None, "title-line", 0.95)
    for pattern, rule in ((LETTER, "title-in-letter"), (NOTICE, "title-notice")):
        for index in range(len(lines)):
            for count in range(1, MAX_LINES + 1):
                group = lines[index : index + count]
                joined = "".join(one.key for one in group)
                if len(joined) > 2 * MAX_LENGTH or SENTENCE.search(joined) or find_marker(group[0].key):
                    break
                if pattern.match(joined) and not NUMBER_ALONE.match(group[0].key):
                    return _of_lines(document, group, pattern, rule, 0.7)
    for line in lines or everything:
        if 4 <= len(line.plain) <= MAX_LENGTH and not re.search(r"[。;:]", line.key):
            return _title(line, 0, len(line.plain), "title-first-line", 0.4)
    return (
        _title(everything[0], 0, min(len(everything[0].plain), MAX_LENGTH), "title-first-words", 0.2)
        if everything
        else None
    )


def _of_lines(
    document: SourceDocument, group: list[View], pattern: re.Pattern[str] | None, rule: str, confidence: float
) -> ProposedTitle:
    """Return the title that ``group`` of following lines makes up, or the part of it ``pattern`` names."""
    whole = view(document.text, Span(group[0].offsets[0], group[-1].offsets[-1]))
    found = pattern.match(whole.key) if pattern else None
    start, end = found.span("title") if found else (0, len(whole.plain))
    return _title(whole, start, end, rule, confidence)


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
