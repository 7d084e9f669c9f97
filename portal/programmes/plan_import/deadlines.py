"""Which dates of a task are its deadlines. The rules follow how a clerk fills the ledger's 完成时限 column.

A date in a time slot counts as printed. A date in running text counts when the words say it is an end (前, 底, a
range); service limits (24小时内), seasons (主汛期5月1日至9月30日), starting points (2022年起) and dates that merely
describe something (2000年底前建成的小区) do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from portal.programmes.plan_import.dates import FoundDate, find_dates
from portal.programmes.plan_import.folding import View
from portal.programmes.plan_import.intervals import Intervals
from portal.programmes.plan_import.proposal import ProposedDeadline
from portal.programmes.plan_import.recurrence import EACH, find_recurrences
from portal.programmes.plan_import.years import Years

COMPARED = re.compile(r"(?:比|较|与|同|相比|截至|截止|截止到|截至到|自|从|以|对标|参照)$")
YEARLY = re.compile(r"(?:每年的?|每年度|历年|逐年)$")
REACHING = re.compile(r"(?:到|至|于|在|力争|争取|确保|计划)$")
UNTIL = re.compile(r"(?:到|至)$")
SEASON_NAME = (
    r"(?:汛期|防火期|戒严期|供暖期|采暖期|供暖季|采暖季|禁渔期|休渔期|伏季|旺季|淡季|假期|寒假|暑假|高发期|高温期|封山期|禁烧期|"
    r"天气|时节|雨季|旱季|严寒期|冰冻期|服务时间|开放时间|营业时间|供水期|用水期|灌溉期|节假日|冬春季|夏秋季)"
)
SEASON_BEFORE = re.compile(
    rf"(?:{SEASON_NAME}|(?<!工)(?<!建设)(?<!实施)(?<!任务)(?:季节?|期间?|时段))[(:为是,即指]{{0,3}}$"
)
SEASON_AFTER = re.compile(rf"[)]?(?:为|是|的)?[^,。;]{{0,4}}{SEASON_NAME}")
DESCRIPTIVE = re.compile(
    r"(?!完成|制定|制订|开展|建立|建成\d|实现|出台|组织|报|全面|基本|达到|形成|启动|编制|召开|印发|对|将|把|各|全|力争|新|所有|要|应)"
    r"[^,。;:、\d()]{1,9}?的"
)
FINISHING = re.compile(r"[^,。;]{0,4}?(?:完成|办结|到位|建成|实现|结束|全部|销号|清零)")
YEAR_DONE = re.compile(r"(?:全面|全部|基本|力争|率先|累计|再)?(?:完成|建成)")
LONG_TERM_ANYWHERE = re.compile(r"(?:并|要|须)?长期坚持")
LONG_TERM_SLOT = re.compile(
    r"长期(?:性)?(?:坚持|推进|落实|实施|开展|有效|执行|工作|任务)?|持续[\u4e00-\u9fff]{0,4}|(?:纳入)?常态(?:化|长效)?[\u4e00-\u9fff]{0,4}"
    r"|贯穿[\u4e00-\u9fff]{0,6}|常年(?:坚持|推进)?|常抓不懈|经常性[\u4e00-\u9fff]{0,4}|日常(?:工作|性工作)?|全程(?:推进)?|(?<!\d年)全年|不间断"
)
COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|半)"
RELATIVE = re.compile(
    rf"(?:(?:本)?(?:方案|通知|文件|意见|办法|计划|行动)?(?:正式)?(?:印发|下发|发布|公布|出台|实施|施行|启动)|发文|收文)"
    rf"(?:之日|之后|以后)?(?:起|后)?(?:的)?{COUNT}个?(?:工作日|日|天|月|周)(?:之内|以内|内|前)"
)
LISTED = re.compile(r"、|,?(?:和|及|与|以及)|,")
QUOTED = re.compile(r"《[^》]{0,200}》|\[20\d\d\]")


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    date: str | None
    precision: str | None
    kind: str
    rule: str
    confidence: float


def find_deadlines(view: View, years: Years, *, slot: bool) -> list[ProposedDeadline]:
    """Return the deadlines stated in ``view`` in order; ``slot`` when it is the value of a time slot or column."""
    hits = [*_dated(view, years, slot=slot), *_relative(view), *_long_term(view, slot=slot)]
    dated = Intervals((hit.start, hit.end) for hit in hits if hit.date)
    for recurrence in find_recurrences(view):
        if not dated.contains(recurrence.start):
            hits.append(
                _Hit(
                    recurrence.start,
                    recurrence.end,
                    None,
                    recurrence.precision,
                    "recurring",
                    recurrence.rule,
                    recurrence.confidence,
                )
            )
    return [
        ProposedDeadline(
            span=view.span(hit.start, hit.end),
            words=view.words(hit.start, hit.end),
            rule=hit.rule,
            confidence=hit.confidence,
            date=hit.date,
            precision=hit.precision,
            kind=hit.kind,
            text=view.plain[hit.start : hit.end],
        )
        for hit in sorted(hits, key=lambda hit: hit.start)
    ]


def unique_deadlines(deadlines: list[ProposedDeadline]) -> tuple[ProposedDeadline, ...]:
    """Return the deadlines without repetitions: slot and body may state the same date; the first words are kept."""
    seen: set[tuple[str | None, str, str]] = set()
    kept: list[ProposedDeadline] = []
    for deadline in deadlines:
        words = cadence(deadline.text) if deadline.kind == "recurring" else deadline.text
        key = (deadline.date, deadline.kind, "" if deadline.date or deadline.kind == "long-term" else words)
        if key not in seen:
            seen.add(key)
            kept.append(deadline)
    return tuple(kept)


def cadence(text: str) -> str:
    """Return the period a recurring deadline names (半年, 月, …), or the text when it names none."""
    found = re.search(r"半年|半个?月|[两二双2]个?月|学期|学年|季|年|旬|周|星期|月|日|天", text)
    return found[0] if found else text


def _dated(view: View, years: Years, *, slot: bool) -> list[_Hit]:
    quoted = Intervals(match.span() for match in QUOTED.finditer(view.key))
    hits: list[_Hit] = []
    for found in _share_endings(view, find_dates(view, years, short=slot)):
        if quoted.contains(found.start) or found.since:
            continue
        before = view.key[max(0, found.start - 12) : found.start]
        if found.precision == "quarter" and EACH.match(view.key, found.end):
            continue
        if YEARLY.search(before):
            continue
        rule = _slot_rule(found) if slot else _body_rule(view, found, before)
        if rule:
            sure = 0.98 if slot else 0.9 if found.before else 0.75
            hits.append(_Hit(found.start, found.end, found.last.isoformat(), found.precision, "due", rule, sure))
    return hits


def _share_endings(view: View, dates: list[FoundDate]) -> list[FoundDate]:
    """Return ``dates`` with the 前 of a list's last date given to all: 8月10日、12月10日前."""
    shared = list(dates)
    for index in range(len(shared) - 2, -1, -1):
        here, after = shared[index], shared[index + 1]
        if here.precision == "year" and after.precision != "year":
            continue
        if LISTED.fullmatch(view.key[here.end : after.start]) and (after.before or after.ending):
            shared[index] = replace(here, before=True)
    return shared


def _slot_rule(found: FoundDate) -> str:
    return "due-range-in-slot" if found.is_range else "due-in-slot"


def _body_rule(view: View, found: FoundDate, before: str) -> str | None:
    """Return the rule by which a date in running text is a deadline, or None."""
    key = view.key
    if SEASON_BEFORE.search(before) or (found.is_range and SEASON_AFTER.match(key, found.end)):
        return None
    if COMPARED.search(before) and not (found.is_range or (re.search(r"截[至止]到?$", before) and found.before)):
        return None
    if DESCRIPTIVE.match(key, found.end):
        return None
    if found.before:
        return "due-before"
    if found.is_range:
        if found.precision == "year" and not FINISHING.match(key, found.end):
            return None
        return "due-range"
    if found.ending:
        return "due-period-end"
    if found.precision == "year":
        if YEAR_DONE.match(key, found.end):
            return "due-year-done"
        return "due-by-year" if UNTIL.search(before) and key[found.end : found.end + 1] not in "的度" else None
    if UNTIL.search(before) or FINISHING.match(key, found.end):
        return "due-done-by"
    return None


def _relative(view: View) -> list[_Hit]:
    return [
        _Hit(match.start(), match.end(), None, "month" if "月" in match[0] else "day", "due", "due-after-issue", 0.8)
        for match in RELATIVE.finditer(view.key)
    ]


def _long_term(view: View, *, slot: bool) -> list[_Hit]:
    pattern = LONG_TERM_SLOT if slot else LONG_TERM_ANYWHERE
    rule = "long-term-in-slot" if slot else "long-term"
    return [
        _Hit(match.start(), match.end(), None, None, "long-term", rule, 0.9) for match in pattern.finditer(view.key)
    ]
