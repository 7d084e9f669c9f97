"""Finding dates and ranges of dates as plans print them, and the last day they mean."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from portal.files.numerals import number_of
from portal.programmes.plan_import.folding import View
from portal.programmes.plan_import.years import Years, year_number

CN = "[一二三四五六七八九十]"
YEAR = (
    r"(?:(?P<y>(?<!\d)20\d\d|二[〇Oo][〇一二三四五六七八九]{2})年度?"
    r"|(?P<ry>今年|本年度?|当年|明年|次年|翌年|来年|去年)的?)"
)
FIRST_MONTH = r"(?:(?P<s>(?<![\d.\-])(?:1[0-2]|0?[1-9]))(?:-{1,2}|至|到))?"
MONTH = rf"{FIRST_MONTH}(?P<m>(?<![\d.])(?:1[0-2]|0?[1-9])|(?<![每几数两半{CN[1:-1]}])(?:十[一二]|{CN}))月份?(?!一)"
DAY = (
    r"(?:(?P<t>3[01]|[12]\d|0?[1-9])(?:-{1,2}|至|到))?"
    rf"(?P<d>3[01]|[12]\d|0?[1-9]|(?:三十一?|二十{CN}?|十{CN}?|{CN}))[日号]"
)
# A year before these words is no date by itself: their days move with the moon or with the weather.
FESTIVAL = r"(?:春节|国庆|元旦|五一|“五一|七一|中秋|端午|清明|暑|寒|汛|春|夏|秋|冬|高考|中考|开学|两会)"
ATOM = re.compile(
    rf"{YEAR}?{MONTH}(?:{DAY}|(?P<part>[上中下]旬|月?底|月?末|初|中旬?))?"
    rf"|{YEAR.replace('P<y>', 'P<y2>').replace('P<ry>', 'P<ry2>')}?"
    r"(?:(?<![每前后各一二三四])(?:前(?=[二三]季度))?第?(?P<q>[一二三四1-4])季度(?P<qe>末|底)?|(?<!每)(?P<h>[上下])半年(?P<he>末|底)?)"
    rf"|{YEAR.replace('P<y>', 'P<y3>').replace('P<ry>', 'P<ry3>')}(?P<ye>年?底|年?末|年?终|内)?(?!{FESTIVAL})"
    r"|(?<![每\d半整全周])(?P<ye2>年底|年末|年内|年终)"
    r"|(?<![\d.])(?P<ny>20\d\d)[\-./](?P<nm>1[0-2]|0?[1-9])(?![\d])(?:[\-./](?P<nd>3[01]|[12]\d|0?[1-9])(?!\d))?"
    # 6.30前: a short date, which running text must mark by 前
    r"|(?<![\d./])(?P<sm>1[0-2]|0?[1-9])[./](?P<sd>3[01]|[12]\d|0?[1-9])(?![\d./%])(?=(?P<sb>之?前)|日?(?:[-,、;)至到止]|$))"
)
CONNECTOR = re.compile(r"(?:起|开始)?(?:-{1,2}|至|到|起至)")
BARE_START = re.compile(r"(?<![\d.])(?P<n>20\d\d)年?(?:-{1,2}|至|到)$")
BARE_END = re.compile(r"(?:-{1,2}|至|到)(?P<d>3[01]|[12]\d|0?[1-9])[日号]")
PART_END = re.compile(r"(?:-{1,2}|至|到)(?:(?P<part>[上中下]旬)|月?[底末])")
OPEN_START = re.compile(r"(?:自|从)?(?:即日|现在|(?:本方案|文件|通知)?(?:印发|发布|下发)之日|当日)起?(?:-{1,2}|至|到)$")
BEFORE = re.compile(
    r"(?:\(含[^()]{0,4}\))?(?:\d{1,2}(?::\d\d|[时点])整?|[上下]午|下班|当[天日])*"
    r"(?:之前|以前|前(?![三两期置瞻沿列往述后])|止)"
)
SINCE = re.compile(r"(?:(?:-{1,2}|至|到)(?:长期|今后|以后|持续)|起|开始|以来|之后|以后|后(?!续))")
RELATIVE_YEARS = {"明": 1, "次": 1, "翌": 1, "来": 1, "去": -1}
DECADES = {"上旬": 10, "中旬": 20, "初": 10, "中": 20}


@dataclass(frozen=True)
class FoundDate:
    """A date in a view: ``start``–``end`` cover it with its 前; ``first`` is None for a single date and for 即日起."""

    start: int
    end: int
    first: date | None
    last: date
    precision: str
    before: bool = False
    since: bool = False
    is_range: bool = False
    ending: bool = False
    """Whether the words name an end by themselves: 底, 末, 季度, 半年, 年内."""


@dataclass(frozen=True)
class _Atom:
    start: int
    end: int
    year: int | None
    month: int | None
    first: tuple[int, int]
    last: tuple[int, int | None]
    precision: str
    ending: bool
    is_range: bool = False


def find_dates(view: View, years: Years, *, short: bool = False) -> list[FoundDate]:
    """Return the dates in ``view`` in order, ranges as one; impossible dates (31 June) are left out.

    ``short`` also takes 6.30 without 前 for a date, as a column of dates prints it.
    """
    atoms: list[_Atom] = []
    for match in ATOM.finditer(view.key):
        goes_on = bool(atoms) and CONNECTOR.fullmatch(view.key, atoms[-1].end, match.start()) is not None
        if (short or goes_on or not match["sm"] or match["sb"]) and (atom := _atom(match, view, years)):
            atoms.append(atom)
    found: list[FoundDate] = []
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        link = CONNECTOR.match(view.key, atom.end)
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        if link and following and following.start == link.end():
            item = _range(view, years, atom, following)
            index += 2
        else:
            item = _single(view, years, atom)
            index += 1
        if item is not None:
            found.append(item)
    return found


def _atom(match: re.Match[str], view: View, years: Years) -> _Atom | None:
    group = match.groupdict()
    printed = next((group[name] for name in ("y", "y2", "y3", "ny") if group[name]), None)
    relative = next((group[name] for name in ("ry", "ry2", "ry3") if group[name]), None)
    year = year_number(printed) if printed else None
    if relative:
        known = years.before(view.offsets[match.start()])
        year = known + RELATIVE_YEARS.get(relative[0], 0) if known else None
    ending = False
    if group["m"] or group["nm"] or group["sm"]:
        month = _number(group["m"] or group["nm"] or group["sm"])
        if month is None or not 1 <= month <= 12:
            return None
        day = _number(group["d"] or group["nd"] or group["sd"] or "")
        part = group["part"] or ""
        if day:
            first_of_range = int(group["t"]) if group["t"] else None
            first = (month, first_of_range or day)
            return _Atom(
                match.start(), match.end(), year, month, first, (month, day), "day", False, bool(first_of_range)
            )
        ending = bool(part) and part not in ("初", "中")
        if part in DECADES:
            end = DECADES[part]
            return _Atom(match.start(), match.end(), year, month, (month, end - 9), (month, end), "day", ending)
        first_day = 21 if part == "下旬" else 1
        precision = "day" if part == "下旬" else "month"
        if group["s"]:
            begin = (int(group["s"]), 1)
            return _Atom(match.start(), match.end(), year, month, begin, (month, None), precision, ending, True)
        return _Atom(match.start(), match.end(), year, month, (month, first_day), (month, None), precision, ending)
    if group["q"]:
        quarter = _number(group["q"]) or 1
        return _Atom(match.start(), match.end(), year, None, (quarter * 3 - 2, 1), (quarter * 3, None), "quarter", True)
    if group["h"]:
        first_month, last_month = (1, 6) if group["h"] == "上" else (7, 12)
        return _Atom(match.start(), match.end(), year, None, (first_month, 1), (last_month, None), "quarter", True)
    ending = bool(group["ye"] or group["ye2"])
    return _Atom(match.start(), match.end(), year, None, (1, 1), (12, 31), "year", ending)


def _single(view: View, years: Years, atom: _Atom) -> FoundDate | None:
    start, first, is_range = atom.start, None, False
    year = atom.year if atom.year is not None else years.before(view.offsets[atom.start])
    if year is None:
        return None
    end = atom.end
    last = _day(year, atom.last)
    lead = view.key[max(0, start - 12) : start]
    precision = atom.precision
    if opened := OPEN_START.search(lead):
        start, is_range = start - len(lead) + opened.start(), True
    elif bare := BARE_START.search(lead):
        if atom.precision == "year":
            first, is_range = _day(int(bare["n"]), (1, 1)), True
            start = start - len(lead) + bare.start()
    elif atom.is_range:
        first, is_range = _day(year, atom.first), True
    elif atom.precision == "day" and (tail := BARE_END.match(view.key, end)):
        first, is_range, end = _day(year, atom.first), True, tail.end()
        last = _day(year, (atom.month or 1, int(tail["d"])))
    elif atom.month and (tail := PART_END.match(view.key, end)):  # 3月上旬至中旬, 6月10日至月底
        first, is_range, end = _day(year, atom.first), True, tail.end()
        last = _day(year, (atom.month, DECADES.get(tail["part"] or "")))
        precision = "day" if tail["part"] else "month"
    if last is None:
        return None
    return _finish(view, start, end, first, last, precision, is_range=is_range, ending=atom.ending)


def _range(view: View, years: Years, left: _Atom, right: _Atom) -> FoundDate | None:
    left_year = left.year if left.year is not None else years.before(view.offsets[left.start])
    if left_year is None:
        return None
    right_year = right.year if right.year is not None else left_year
    first, last = _day(left_year, left.first), _day(right_year, right.last)
    if first is None or last is None:
        return None
    if last < first and right.year is None:
        last = _day(right_year + 1, right.last) or last
    return _finish(view, left.start, right.end, first, last, right.precision, is_range=True, ending=right.ending)


def _finish(
    view: View, start: int, end: int, first: date | None, last: date, precision: str, *, is_range: bool, ending: bool
) -> FoundDate:
    before = BEFORE.match(view.key, end)
    since = None if before else SINCE.match(view.key, end)
    tail = before or since
    return FoundDate(
        start=start,
        end=tail.end() if tail else end,
        first=first,
        last=last,
        precision=precision,
        before=before is not None,
        since=since is not None,
        is_range=is_range,
        ending=ending,
    )


def first_day(view: View, years: Years, found: FoundDate) -> date | None:
    """Return the first day a single date covers (1 April for 2021年4月); for a range its own first day."""
    if found.first or found.is_range:
        return found.first
    atom = next((a for m in ATOM.finditer(view.key, found.start) if (a := _atom(m, view, years))), None)
    return _day(found.last.year, atom.first) if atom else None


def _day(year: int, month_day: tuple[int, int | None]) -> date | None:
    month, day = month_day
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, length)
    return date(year, month, day) if day <= length else None


def _number(printed: str) -> int | None:
    return int(printed) if printed.isascii() and printed.isdigit() else number_of(printed)
