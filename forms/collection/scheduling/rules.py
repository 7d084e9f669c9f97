"""From a schedule to its periods. Pure: a schedule and a calendar in, periods out.

A recurring schedule has one period for every week, month, quarter … that its range touches, as DHIS2's fixed periods;
the recurrence itself is a rule by RFC 5545 and is expanded by dateutil. Instants are in the zone that is given.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from forms.collection.scheduling.enums import Anchor, Frequency, Roll
from portal.calendars.enums import LengthUnit
from portal.calendars.rules import ONE_DAY, Limit, Reckoning, WorkCalendar

WORKING = LengthUnit.WORKING_DAYS
DAY_END = datetime.time(23, 59, 59)
DUE_TIME = datetime.time(17, 30)
MOST_PERIODS = 600
"""Weeks of eleven years; a longer range is a slip of the hand."""

RULES: dict[Frequency, tuple[str, int]] = {
    Frequency.WEEKLY: ("FREQ=WEEKLY;BYDAY=MO", 0),
    Frequency.MONTHLY: ("FREQ=MONTHLY;BYMONTHDAY=1", 1),
    Frequency.BIMONTHLY: ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1", 2),
    Frequency.QUARTERLY: ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", 3),
    Frequency.HALF_YEARLY: ("FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=1", 6),
    Frequency.YEARLY: ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", 12),
}
"""The rule by RFC 5545, and how many months a period has."""


@dataclass(frozen=True)
class Span:
    """First and last day of a period; one day for a schedule of dates."""

    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class Occurrence:
    """One period of a schedule, with how each of its days came about."""

    span: Span
    opens: Reckoning
    due: Reckoning
    rolled: Reckoning | None
    """How the due day was moved off a day on which nobody works."""
    closes: Reckoning | None
    opens_at: datetime.datetime
    due_at: datetime.datetime
    late_after: datetime.datetime
    """The due instant with its grace: up to then a report counts as in time."""
    closes_at: datetime.datetime | None

    @property
    def is_estimate(self) -> bool:
        """Whether a day rests on a year whose holidays are not known."""
        return any(one is not None and one.is_estimate for one in (self.opens, self.due, self.rolled, self.closes))


@dataclass(frozen=True)
class Schedule:
    """When reports are owed. `dates` are the due days of a schedule of dates; `first` and `last` bound the others."""

    frequency: Frequency
    first: datetime.date | None = None
    last: datetime.date | None = None
    dates: tuple[datetime.date, ...] = ()
    opens: Limit = field(default_factory=lambda: Limit(0))
    opens_from: Anchor = Anchor.START
    due: Limit = field(default_factory=lambda: Limit(0))
    due_from: Anchor = Anchor.END
    due_time: datetime.time = DUE_TIME
    roll: Roll = Roll.KEEP
    grace: datetime.timedelta = datetime.timedelta()
    closes: Limit | None = None
    """Counted from the due day; without it late reports are taken without an end."""

    @property
    def rrule(self) -> str:
        """The recurrence by RFC 5545; empty for a schedule of dates."""
        return RULES[self.frequency][0] if self.frequency in RULES else ""

    def spans(self) -> Iterator[Span]:
        """The periods in order."""
        if self.frequency == Frequency.DATES:
            yield from (Span(day, day) for day in sorted(set(self.dates)))
            return
        if self.first is None or self.last is None or self.last < self.first:
            return
        rule, months = RULES[self.frequency]
        start = _aligned(self.first, months)
        until = datetime.datetime.combine(self.last, datetime.time())
        for at in rrulestr(rule, dtstart=datetime.datetime.combine(start, datetime.time())).between(
            datetime.datetime.combine(start, datetime.time()), until, inc=True
        ):
            begin = at.date()
            length = relativedelta(months=months) if months else relativedelta(weeks=1)
            yield Span(begin, begin + length - ONE_DAY)

    def occurrence(self, span: Span, calendar: WorkCalendar, zone: datetime.tzinfo) -> Occurrence:
        """One period with its instants. It opens by its due day, and closes no sooner than a report is late."""
        due = calendar.reckon(span.last if self.due_from == Anchor.END else span.first, self.due)
        rolled = self._rolled(due.result, calendar)
        due_day = rolled.result if rolled else due.result
        anchors = {Anchor.START: span.first, Anchor.END: span.last, Anchor.DUE: due_day}
        opens = calendar.reckon(anchors[self.opens_from], self.opens)
        due_at = datetime.datetime.combine(due_day, self.due_time, zone)
        late_after = due_at + self.grace
        closes = calendar.reckon(due_day, self.closes) if self.closes is not None else None
        closes_at = datetime.datetime.combine(closes.result, DAY_END, zone) if closes else None
        return Occurrence(
            span=span,
            opens=opens,
            due=due,
            rolled=rolled,
            closes=closes,
            opens_at=datetime.datetime.combine(min(opens.result, due_day), datetime.time(), zone),
            due_at=due_at,
            late_after=late_after,
            closes_at=max(closes_at, late_after) if closes_at else None,
        )

    def occurrences(self, calendar: WorkCalendar, zone: datetime.tzinfo) -> Iterator[Occurrence]:
        """All periods in order."""
        return (self.occurrence(span, calendar, zone) for span in self.spans())

    def _rolled(self, day: datetime.date, calendar: WorkCalendar) -> Reckoning | None:
        if self.roll == Roll.KEEP or calendar.is_worked(day):
            return None
        return calendar.next_worked(day) if self.roll == Roll.NEXT else calendar.reckon(day, Limit(-1, WORKING))

    # --- as data ----------------------------------------------------------------------------------------------------

    def to_json(self) -> dict[str, Any]:
        """The schedule as the requirement stores it."""
        stored: dict[str, Any] = {"frequency": self.frequency.value, "due_time": self.due_time.isoformat("minutes")}
        stored["opens_from"] = self.opens_from.value
        if self.frequency == Frequency.DATES:
            stored["dates"] = [day.isoformat() for day in self.dates]
        else:
            stored["rrule"] = self.rrule
            stored["first"] = self.first.isoformat() if self.first else None
            stored["last"] = self.last.isoformat() if self.last else None
            stored["due_from"] = self.due_from.value
        limits = {"opens": self.opens, "due": self.due, "closes": self.closes}
        stored |= {name: [one.amount, one.unit.value] for name, one in limits.items() if one is not None}
        return stored | {"roll": self.roll.value, "grace": int(self.grace.total_seconds() // 60)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The way back; ValueError or KeyError for what is no schedule."""
        day = datetime.date.fromisoformat
        limits = {
            name: Limit(stored[name][0], LengthUnit(stored[name][1]))
            for name in ("opens", "due", "closes")
            if stored.get(name) is not None
        }
        return cls(
            frequency=Frequency(stored["frequency"]),
            first=day(stored["first"]) if stored.get("first") else None,
            last=day(stored["last"]) if stored.get("last") else None,
            dates=tuple(day(one) for one in stored.get("dates", ())),
            opens_from=Anchor(stored.get("opens_from", Anchor.START)),
            due_from=Anchor(stored.get("due_from", Anchor.END)),
            due_time=datetime.time.fromisoformat(stored["due_time"]),
            roll=Roll(stored.get("roll", Roll.KEEP)),
            grace=datetime.timedelta(minutes=stored.get("grace", 0)),
            **limits,
        )


def _aligned(day: datetime.date, months: int) -> datetime.date:
    """Where the period begins that the day lies in; two-month periods begin with the month of the first day."""
    if not months:
        return day - day.weekday() * ONE_DAY
    if months == RULES[Frequency.BIMONTHLY][1]:
        return day.replace(day=1)
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)
