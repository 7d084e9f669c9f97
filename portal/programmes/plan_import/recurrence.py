"""Duties that come back: 每月至少1次, 每半年, 按季度通报, 一周一调度."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.programmes.plan_import.folding import View
from portal.programmes.plan_import.intervals import Intervals

# The period as printed, and the base precision a ledger keeps for it (None where a calendar has no name for it).
PERIODS: tuple[tuple[str, str | None], ...] = (
    (r"半年", "quarter"),
    (r"半个?月", "month"),
    (r"学期", None),
    (r"学年", "year"),
    (r"[两二2双]个?月", "month"),
    (r"[三3]个?月", "quarter"),
    (r"[四4六6]个?月", "quarter"),
    (r"[两2三3]年", "year"),
    (r"[两2三3]?(?:周|星期)", "day"),
    (r"(?:[两2三3]|\d{2}|十五?|二十)?个?(?:工作)?(?:日|天)", "day"),
    (r"季度?", "quarter"),
    (r"年度?", "year"),
    (r"月度?", "month"),
    (r"旬", "day"),
)
_PERIOD = "|".join(pattern for pattern, _precision in PERIODS)
_VERBS = (
    "次|调度|通报|总结|报告|分析|研判|督查|督导|检查|考核|评估|会商|小结|汇总|"
    "排名|报送|例会|公示|公开|巡查|排查|更新|培训|演练|调研|点评|报|查|评|会"
)
PATTERNS: tuple[tuple[str, re.Pattern[str], float], ...] = (
    (
        "recurring-every",
        re.compile(
            rf"每(?:隔?(?:一个?|1个|个)?)(?P<p>{_PERIOD})(?!级|轻|龄|均|常|产|然|边|转|岁|期(?!间)|节(?!点)|薪|租金|收入)"
        ),
        0.9,
    ),
    ("recurring-one-each", re.compile(rf"(?<![\d第])(?:一|每)?(?P<p>{_PERIOD})一(?={_VERBS})"), 0.8),
    ("recurring-times", re.compile(rf"(?<![\d第])一(?P<p>{_PERIOD})(?=[二两三四2-4]次)"), 0.75),
    (
        "recurring-by",
        re.compile(rf"(?:按|逐)(?P<p>半年|季度?|月度?|周|旬|学期|年度?)(?=[^,。;、次]{{0,6}}(?:{_VERBS}|完成|推进|$))"),
        0.75,
    ),
)
AMOUNT = re.compile(
    r"[^,。;:]{0,14}?\d[\d.]*[余多]?(?:万|亿|千|百)*(?:元|%|个百分点|吨|小时|千瓦|立方)|[^,。;:、]{0,8}?(?:增长|递增|递减|下降|减少)\d"
)
# 一季度一调度: no date, though 一季度 alone is one.
EACH = re.compile(rf"一(?={_VERBS})")
PER_HEAD = re.compile(r"(?:每[人户亩吨次例家县村生]|人均|户均|亩均|/)$")
SEASON = re.compile(r"\d{1,2}月(?:\d{1,2}日)?(?:-|至|到)\d{1,2}月")
BOOK_TITLE = re.compile(r"《[^》]{0,200}》")
# What follows a period and belongs to its words: 至少1次, 末月25日前, 12月15日前, 五前.
TIMES = re.compile(
    r"(?:(?:末|首|第[一二三]个?|最后一个)月的?)?[^,。;:、()年季旬周月学]{0,14}?"
    r"(?:[一二两三四五六\d]+(?:次|轮|场|遍|期|回)|(?:\d{1,2}[日号]|底|初)(?:之?前)?)"
    r"|\d{1,2}月(?:\d{1,2}[日号]|[底末])?(?:之?前)?"
    r"|[一二三四五六日天](?:之?前)?|年?(?:底|末|终)(?:之?前)?"
)
VERB = re.compile(r"[^,。;:、()年季旬周月学\d]{0,4}")


@dataclass(frozen=True)
class Recurrence:
    """A recurring duty in a view."""

    start: int
    end: int
    precision: str | None
    rule: str
    confidence: float


def find_recurrences(view: View) -> list[Recurrence]:
    """Return the recurring duties of ``view``; amounts (每年不低于3万元), rates and seasons are none."""
    key = view.key
    titles = Intervals(match.span() for match in BOOK_TITLE.finditer(key))
    covered = Intervals()
    found: list[Recurrence] = []
    for rule, pattern, confidence in PATTERNS:
        for match in pattern.finditer(key):
            start, end = match.span()
            if (
                covered.contains(start)
                or titles.contains(start)
                or PER_HEAD.search(key[max(0, start - 3) : start])
                or AMOUNT.match(key, end)
                or SEASON.match(key, end)
            ):
                continue
            tail = TIMES.match(key, end) or VERB.match(key, end)
            stop = tail.end() if tail else end
            if not covered.overlaps(start, stop):
                covered.add(start, stop)
            found.append(Recurrence(start, stop, _precision(match["p"]), rule, confidence))
    return sorted(found, key=lambda one: one.start)


def _precision(period: str) -> str | None:
    for pattern, precision in PERIODS:
        if re.fullmatch(pattern, period):
            return precision
    return None
