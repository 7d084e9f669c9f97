"""Reads the State Council's yearly notice on holidays: text in, days out.

Such a notice has one numbered paragraph a festival (国办发明电〔2025〕7号):

    二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。

Days in brackets and the number of days are read too, as a check on slips of the pen and on a wrong year.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.calendars.enums import DayKind
from portal.calendars.rules import ONE_DAY

MAX_TEXT = 10_000
PARAGRAPH = re.compile(
    r"(?:^|\n)\s*(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])?\s*(?P<name>[^\s：:，。（）()\d]{2,12})[：:](?P<text>[^\n]+)"
)
DAY = (
    r"(?:(?P<year{0}>\d{{4}})年)?(?:(?P<month{0}>\d{{1,2}})月)?(?P<day{0}>\d{{1,2}})日"
    r"(?:[（(](?P<note{0}>[^）)]*)[）)])?"
)
SPAN = re.compile(DAY.format("1") + r"(?:\s*[至到—－~-]+\s*" + DAY.format("2") + r")?")
COUNT = re.compile(r"共\s*(\d{1,2})\s*天|放假\s*(\d{1,2})\s*天")
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6}
OFF, ON = re.compile(r"放假|休息"), re.compile(r"上班")


@dataclass(frozen=True)
class ReadNotice:
    """What the text says: the days, and what in it contradicts itself."""

    days: dict[datetime.date, tuple[DayKind, str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class _Reader:
    """Reads the paragraphs of one year's notice."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.days: dict[datetime.date, tuple[DayKind, str]] = {}
        self.problems: list[str] = []

    def read(self, name: str, text: str) -> None:
        """One festival: the part up to “放假” names days off, each sentence that ends in “上班” days at work."""
        month = 0
        for sentence in re.split(r"[。；;]", text):
            kind = DayKind.WORKED if ON.search(sentence) else DayKind.HOLIDAY if OFF.search(sentence) else None
            if kind is None:
                continue
            found = 0
            for match in SPAN.finditer(sentence):
                days, month = self._span(match, month)
                self.days |= {day: (kind, name) for day in days if day.year == self.year}
                found += len(days)
            self._check_count(name, kind, sentence, found)

    def _span(self, match: "re.Match[str]", month: int) -> tuple[list[datetime.date], int]:
        """The days from one to another, and the month that the next day without one lies in."""
        first = self._day(match, "1", month)
        if first is None:
            return [], month
        if match["day2"] is None:
            return [first], first.month
        last = self._day(match, "2", first.month, after=first)
        if last is None or not 0 <= (last - first).days < 40:
            self.problems.append(_("“%(text)s” is no stretch of days.") % {"text": match[0]})
            return [first], first.month
        return [first + n * ONE_DAY for n in range((last - first).days + 1)], last.month

    def _day(
        self, match: "re.Match[str]", which: str, month: int, *, after: datetime.date | None = None
    ) -> datetime.date | None:
        """One day; where it names a weekday, the weekday must be right."""
        year = int(match[f"year{which}"] or (after.year if after else self.year))
        month = int(match[f"month{which}"] or month or 0)
        if after is not None and match[f"year{which}"] is None and month < after.month:
            year += 1  # 12月31日至1月2日
        try:
            day = datetime.date(year, month, int(match[f"day{which}"]))
        except ValueError:
            self.problems.append(_("“%(text)s” is no day.") % {"text": match[0]})
            return None
        named = WEEKDAY.search(match[f"note{which}"] or "")
        if named and WEEKDAYS[named[1]] != day.weekday():
            words = {"text": match[0], "day": day.isoformat(), "weekday": date_format(day, "l")}
            self.problems.append(_("“%(text)s”: %(day)s is a %(weekday)s. Is the year right?") % words)
        return day

    def _check_count(self, name: str, kind: DayKind, sentence: str, found: int) -> None:
        """“共9天” must be nine days."""
        said = COUNT.search(sentence)
        count = int(said[1] or said[2]) if said else found
        if kind == DayKind.HOLIDAY and found != count:
            words = {"name": name, "said": count, "found": found}
            self.problems.append(_("%(name)s: the text says %(said)d days, but names %(found)d.") % words)


def read_notice(text: str, year: int) -> ReadNotice:
    """The days that a notice arranges, and its contradictions; no days where it is no notice."""
    reader = _Reader(year)
    for name, paragraph in _paragraphs(text[:MAX_TEXT]):
        reader.read(name, paragraph)
    return ReadNotice(dict(sorted(reader.days.items())), reader.problems)


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Festivals with what is said of them; a notice that was copied in one line is cut at its numbers."""
    cut = re.sub(r"(?<=。)\s*(?=[一二三四五六七八九十]{1,3}、)", "\n", text)
    yield from ((match["name"], match["text"]) for match in PARAGRAPH.finditer(cut))
