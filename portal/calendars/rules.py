"""Working days, and the arithmetic of limits counted in them. Pure: days in, days out.

The notices of the State Council (国务院办公厅关于部分节假日安排的通知) move working days: a holiday may fall on a
Tuesday, and the Saturday before it is worked. Where the notice of a year is not known, Monday to Friday are taken as
worked and every answer that rests on that says so.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from portal.calendars.enums import DayKind, LengthUnit, Source

ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5
MOST_DAYS = 3660
"""The longest stretch that is counted; longer ones are slips of the hand."""


@dataclass(frozen=True)
class DayFact:
    """What a day is, and how one knows."""

    day: datetime.date
    is_worked: bool
    kind: DayKind | None = None
    """Set where the day differs from its weekday."""
    name: str = ""
    """The festival, if any."""
    source: Source = Source.PUBLISHED

    @property
    def is_certain(self) -> bool:
        """Whether somebody has said so, rather than the weekday."""
        return self.source != Source.ESTIMATE

    @property
    def is_irregular(self) -> bool:
        """Whether counting on one's fingers would have got this day wrong: a weekday off, or a weekend at work."""
        return self.is_worked == (self.day.weekday() >= SATURDAY)


@dataclass(frozen=True)
class Arranged:
    """How one day was arranged."""

    kind: DayKind
    name: str = ""
    source: Source = Source.PUBLISHED


@dataclass(frozen=True)
class Limit:
    """A length of time before (negative) or after (positive) a day."""

    amount: int
    unit: LengthUnit = LengthUnit.DAYS

    def __post_init__(self) -> None:
        """ValueError for a length that nobody means."""
        if abs(self.amount) > MOST_DAYS:
            raise ValueError(f"{self.amount} is longer than {MOST_DAYS} days")


@dataclass(frozen=True)
class Reckoning:
    """A day with the way it was reached."""

    start: datetime.date
    limit: Limit
    result: datetime.date
    irregular: tuple[DayFact, ...] = ()
    """Weekdays off and weekends at work on the way, in the order of time."""
    is_estimate: bool = False
    """Whether a year without a notice was counted through."""


class WorkCalendar:
    """Which days are worked.

    `arranged` gives the days that differ from their weekday; `known_years` the years whose notice is known. A day that
    an administrator has arranged is certain in any year.
    """

    def __init__(self, arranged: Mapping[datetime.date, Arranged], known_years: Iterable[int]) -> None:
        self.arranged = arranged
        self.known_years = frozenset(known_years)

    def fact(self, day: datetime.date) -> DayFact:
        """What the day is."""
        found = self.arranged.get(day)
        if found is not None:
            return DayFact(day, found.kind == DayKind.WORKED, found.kind, found.name, found.source)
        source = Source.PUBLISHED if day.year in self.known_years else Source.ESTIMATE
        return DayFact(day, day.weekday() < SATURDAY, source=source)

    def is_worked(self, day: datetime.date) -> bool:
        """Whether offices work on that day."""
        return self.fact(day).is_worked

    def reckon(self, start: datetime.date, limit: Limit) -> Reckoning:
        """The day that lies so far from the start, which itself is not counted (民法典 第二百零一条: 开始的当日不计入).

        Zero working days from a day off is the next working day.
        """
        if limit.unit == LengthUnit.DAYS:
            return Reckoning(start, limit, start + limit.amount * ONE_DAY)
        passed = tuple(self._until(start, limit.amount))
        return Reckoning(
            start,
            limit,
            passed[-1].day if passed else start,
            tuple(sorted((fact for fact in passed if fact.is_irregular), key=lambda fact: fact.day)),
            any(not fact.is_certain for fact in passed),
        )

    def next_worked(self, day: datetime.date) -> Reckoning:
        """The day itself, or the first working day after it (民法典 第二百零三条: 以法定休假日结束的次日为最后一日)."""
        return self.reckon(day, Limit(0, LengthUnit.WORKING_DAYS))

    def worked_between(self, first: datetime.date, last: datetime.date) -> int:
        """How many working days lie after the first day, the last included; negative where it lies before."""
        if last < first:
            return -self.worked_between(last, first)
        days = (last - first).days
        return sum(self.is_worked(first + n * ONE_DAY) for n in range(1, days + 1))

    def _until(self, start: datetime.date, amount: int) -> Iterator[DayFact]:
        """The days that are counted through."""
        if amount == 0:
            fact = self.fact(start)
            yield fact
            while not fact.is_worked:
                fact = self.fact(fact.day + ONE_DAY)
                yield fact
            return
        step = ONE_DAY if amount > 0 else -ONE_DAY
        left, day = abs(amount), start
        while left:
            day += step
            fact = self.fact(day)
            left -= fact.is_worked
            yield fact
