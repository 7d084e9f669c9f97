"""Dated duties to report to somebody outside the tasks: "每月25日前报送进展…", "8月10日、12月10日前报市民政局"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from portal.programmes.plan_import.dates import find_dates
from portal.programmes.plan_import.deadlines import RELATIVE, YEARLY
from portal.programmes.plan_import.document import Span
from portal.programmes.plan_import.folding import View
from portal.programmes.plan_import.intervals import Intervals
from portal.programmes.plan_import.proposal import ProposedReporting
from portal.programmes.plan_import.recurrence import find_recurrences
from portal.programmes.plan_import.unit_names import ENDING, is_unit_like
from portal.programmes.plan_import.years import Years

_LEVEL = r"(?=[市县区省州各本领专国旗盟镇乡街])"
SENDING = re.compile(
    r"报送|上报|呈报|报至|报到|报给|报备|抄报|汇报|提交|递交|送交|送达|送至|反馈(?:至|给|到)|汇总(?:至|到)|寄送|"
    rf"(?<![申通举海情日周月年季电简快呈上播汇预警填抄])报{_LEVEL}|书面报告|报告(?={_LEVEL})|送{_LEVEL}|报(?![告送名表警道废销刊])(?=[\u4e00-\u9fff]{{2,20}}(?:办公室|办|专班|小组|备案|汇总))"
)
TO_AFTER = re.compile(r"^(?:送)?(?:至|到|给|送)?(?P<to>[^,。;:、()]{2,30})")
TO_LATER = re.compile(r"^[^,。;:()]{1,40}?(?:至|到|给|送)(?P<to>[^,。;:、()]{2,30})")
TOWARDS = re.compile(
    r"(?:向|至|到|给)(?P<to>[^,。;:、()]{2,30}?)(?=书面|报送|上报|呈报|提交|报告|汇报|反馈|报备|递交|报)"
)
DRAFTING = re.compile(r"(?:形成|制定|制订|编制|撰写|起草|梳理|汇总|整理|填写|填报|拟定|研究提出|确定)[^,;。]{2,40}$")
SENDS_AT_ONCE = re.compile(
    r"(?:并|再|及时|统一|一并|同时|书面|按要求|审定后|汇总后|经[^,;。]{2,12}后)*(?:报|上报|呈报|提交|送)"
)
REMEMBERED = 2  # a paragraph or two later "每月25日前报送进展" still means the body named before
SENTENCE = re.compile(r"[^。!?]+[。!?]?")
CLAUSE = re.compile(r"[^,;。!?]+")


@dataclass(frozen=True)
class _When:
    date: str | None
    start: int
    end: int
    rule: str
    confidence: float


def find_reporting(views: Iterable[View], years: Years, tasks: list[Span]) -> tuple[ProposedReporting, ...]:
    """Return the reporting duties outside ``tasks`` in reading order, each date and recipient once."""
    found: list[ProposedReporting] = []
    recipient: str | None = None
    age = 0
    inside = Intervals((span.start, span.end) for span in tasks)
    for piece in views:
        if inside.contains(piece.offsets[0]):
            continue
        age += 1
        if SENDING.search(piece.key):
            items = list(_of_piece(piece, years, recipient if age <= REMEMBERED else None))
            found.extend(items)
            if items:
                recipient, age = items[-1].to, 0
    unique: dict[tuple[str | None, str | None, str], ProposedReporting] = {}
    for item in found:
        unique.setdefault((item.date, item.to, "" if item.date else item.text), item)
    return tuple(unique.values())


def _of_piece(piece: View, years: Years, recipient: str | None) -> Iterator[ProposedReporting]:
    whens = _whens(piece, years)
    if not whens:
        return
    starts = [when.start for when in whens]
    open_items: list[ProposedReporting] = []  # duties whose recipient is named only later
    for sentence in SENTENCE.finditer(piece.key):
        pending: list[_When] = []
        drafted: list[_When] = []  # dates of a paper that the next clause sends: "5日前形成总结，报市政府"
        for clause in CLAUSE.finditer(piece.key, sentence.start(), sentence.end()):
            start, end = clause.span()
            here = whens[bisect_left(starts, start) : bisect_left(starts, end)]
            sends = SENDING.search(piece.key, start, end)
            if sends is None:
                tail = piece.key[here[-1].end : end] if here else ""
                if here:
                    pending = [*pending, *here] if len(tail) <= 1 else []
                drafted = here if here and DRAFTING.search(tail) else []
                continue
            if drafted and not here and not pending and SENDS_AT_ONCE.match(piece.key, start, end):
                here = drafted
            drafted = []
            named = _recipient(piece, start, end)
            recipient = named or recipient
            items = [_item(piece, when, recipient) for when in [*pending, *here]]
            pending = []
            if recipient is None:
                open_items.extend(items)
                continue
            yield from (replace(item, to=recipient) for item in open_items)
            open_items = []
            yield from items


def _whens(piece: View, years: Years) -> list[_When]:
    whens = [
        _When(found.last.isoformat(), found.start, found.end, "report-date", 0.9)
        for found in find_dates(piece, years)
        if not found.since
        and not YEARLY.search(piece.key[max(0, found.start - 6) : found.start])
        and (found.before or found.precision == "day" or found.ending)
    ]
    repeats = [_When(None, one.start, one.end, "report-recurring", 0.85) for one in find_recurrences(piece)]
    after = [_When(None, m.start(), m.end(), "report-after-issue", 0.8) for m in RELATIVE.finditer(piece.key)]
    recurring = Intervals((repeat.start, repeat.end) for repeat in repeats)
    dated = [when for when in whens if not recurring.contains(when.start)]
    return sorted([*dated, *repeats, *after], key=lambda when: when.start)


def _item(piece: View, when: _When, recipient: str | None) -> ProposedReporting:
    return ProposedReporting(
        span=piece.span(when.start, when.end),
        words=piece.words(when.start, when.end),
        rule=when.rule,
        confidence=when.confidence,
        date=when.date,
        to=recipient,
        text=piece.plain[when.start : when.end],
    )


def _recipient(piece: View, start: int, end: int) -> str | None:
    """Return the body a clause says to report to."""
    for match in TOWARDS.finditer(piece.key, start, end):
        if name := _cut(piece, *match.span("to")):
            return name
    for verb in SENDING.finditer(piece.key, start, end):
        rest = piece.key[verb.end() : end]
        for pattern in (TO_AFTER, TO_LATER):
            if named := pattern.match(rest):
                left, right = named.span("to")
                if name := _cut(piece, verb.end() + left, verb.end() + right):
                    return name
    return None


def _cut(piece: View, start: int, end: int) -> str | None:
    """Return the longest body's name that begins at ``start``: 市民政局汇总 gives 市民政局."""
    for stop in range(end, start + 1, -1):
        key = piece.key[start:stop]
        if (
            ENDING.search(key)
            and is_unit_like(key)
            and not re.search(r"报告|总结|小结|材料|情况|方案|名单|表$|[至到给]", key)
        ):
            return piece.plain[start : stop + 1 if piece.key[stop : stop + 1] == "”" and "“" in key else stop]
    return None
