"""Which reminders of one report are due, when they may go out, and to whom. Pure: instants and days in, rungs out.

Only the latest rung that has come is sent; earlier ones that were missed (the portal stood still, the report was
announced late) are noted as left out. Nothing goes out outside working time, except what could not be heeded any more
on the next working morning because the report is due before.
"""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from forms.collection.enums import ReportState
from forms.collection.reminders.enums import Rung
from forms.collection.rules import Window
from portal.calendars.enums import LengthUnit
from portal.calendars.hours import BEGINS, ENDS, next_working_time
from portal.calendars.rules import ONE_DAY, Limit, WorkCalendar
from portal.units.enums import Role


class Base(StrEnum):
    """What a rung is counted from."""

    OPENING = "opening"
    DUE = "due"
    OVERDUE = "overdue"


ON_THE_DAY = Limit(0)


@dataclass(frozen=True)
class Step:
    """A rung, and how far it lies from its base; those counted in days come in the morning."""

    rung: Rung
    base: Base
    limit: Limit = ON_THE_DAY


LADDER = (
    Step(Rung.OPENING, Base.OPENING),
    Step(Rung.DAYS_BEFORE, Base.DUE, Limit(-3)),
    Step(Rung.WORKDAY_BEFORE, Base.DUE, Limit(-1, LengthUnit.WORKING_DAYS)),
    Step(Rung.DUE, Base.DUE),
    Step(Rung.OVERDUE_1, Base.OVERDUE, Limit(1)),
    Step(Rung.OVERDUE_3, Base.OVERDUE, Limit(3)),
    Step(Rung.OVERDUE_7, Base.OVERDUE, Limit(7)),
)
"""In the order of the rungs."""

_ORDER = {step.rung: number for number, step in enumerate(LADDER)}
LAST = LADDER[-1].rung

REVIEWERS_FROM, LEADERS_FROM = Rung.DUE, Rung.OVERDUE_3
"""From which rung on those above are told too."""


@dataclass(frozen=True)
class Owed:
    """What is known of a report that its unit owes: how far it is, and since when it has been back with the unit."""

    window: Window
    state: ReportState | None = None
    returned_at: datetime.datetime | None = None
    due_again_at: datetime.datetime | None = None
    """Of one that came back from review: by when it is to be sent again."""

    @property
    def due_at(self) -> datetime.datetime:
        """By when it is due: as announced, or later because it lay with the reviewer."""
        return max(self.window.due_at, self.due_again_at or self.window.due_at)

    @property
    def is_due_again(self) -> bool:
        """Whether its return gave it another date: the rungs before that date begin anew then."""
        return self.due_at != self.window.due_at

    @property
    def late_from(self) -> datetime.datetime:
        """From when on its days of delay count: the due instant with its grace, or the return where that came later."""
        late = max(self.window.late_after or self.window.due_at, self.due_at)
        return max(late, self.returned_at) if self.returned_at else late

    @property
    def is_second_round(self) -> bool:
        """Whether its delay counts from its return, or from a date that its return gave it: it begins anew then."""
        first = self.window.late_after or self.window.due_at
        return self.returned_at is not None and (self.late_from == self.returned_at or self.late_from > first)

    @property
    def may_still_be_sent_until(self) -> datetime.datetime | None:
        """The closing instant; None where there is none, or where it may be sent after closing since it came back."""
        return None if self.returned_at else self.window.closes_at


@dataclass(frozen=True)
class Planned:
    """A rung of one report, and the instant from which it is to be sent."""

    rung: Rung
    at: datetime.datetime
    round: str = ""
    """Which of several rounds: the return that began it; empty for the first."""

    @property
    def key(self) -> str:
        """Unique among the rungs of one report, over all its rounds."""
        return f"{self.rung}:{self.round}" if self.round else str(self.rung)


@dataclass(frozen=True)
class Due:
    """What to do now: send one rung, leave out others."""

    send: Planned | None = None
    skip: tuple[Planned, ...] = ()


def ladder(owed: Owed, calendar: WorkCalendar, zone: datetime.tzinfo) -> tuple[Planned, ...]:
    """The rungs of a report in the order of time.

    What would come before the report opens is left out, and what would come before it was last returned: of that the
    unit has just been told.
    """
    after = owed.returned_at or owed.window.opens_at
    planned = [Planned(step.rung, _instant(step, owed, calendar, zone), _round(step, owed)) for step in LADDER]
    kept = (one for one in planned if one.at > after or (one.rung == Rung.OPENING and owed.returned_at is None))
    ends = owed.may_still_be_sent_until
    in_time = (one for one in kept if ends is None or one.at <= ends)
    return tuple(sorted(in_time, key=lambda one: (one.at, _ORDER[one.rung])))


def due_now(
    owed: Owed,
    done: Collection[str],
    *,
    now: datetime.datetime,
    calendar: WorkCalendar,
    zone: datetime.tzinfo,
) -> Due:
    """What is to be sent now; `done` holds the keys of rungs that were sent or left out before.

    Asking again after doing so gives nothing. A rung that comes before one that was sent is never sent after it.
    """
    ends = owed.may_still_be_sent_until
    if ends is not None and now > ends:
        return Due()
    come = [one for one in ladder(owed, calendar, zone) if one.at <= now]
    missing = [one for one in come if one.key not in done]
    if not missing or not may_go_out(now, owed.due_at, calendar, zone):
        return Due()
    latest = come[-1]
    if latest.key in done:
        return Due(skip=tuple(missing))
    return Due(latest, tuple(one for one in missing if one is not latest))


def may_go_out(
    now: datetime.datetime, due_at: datetime.datetime, calendar: WorkCalendar, zone: datetime.tzinfo
) -> bool:
    """Whether a reminder may go out at this instant: in working time, or where waiting would make it too late.

    In that case it goes out by day where that is early enough, though nobody works then.
    """
    waits_until = next_working_time(now, calendar, zone)
    if waits_until == now:
        return True
    if not now < due_at < waits_until:
        return False
    local = now.astimezone(zone)
    if BEGINS <= local.time() < ENDS:
        return True
    day = local.date() + ONE_DAY * (local.time() >= ENDS)
    return due_at <= datetime.datetime.combine(day, BEGINS, zone)


def audience(rung: Rung, state: ReportState | None, people: Mapping[Role, Sequence[int]]) -> tuple[int, ...]:
    """Numbers of the people of the unit who are reminded, each once: reporters, then reviewers, then leaders too.

    A report that waits to be signed off waits for the reviewers, whatever the rung. Where a unit has nobody in a role,
    the next one up is told instead.
    """
    up = (Role.REPORTER, Role.UNIT_REVIEWER, Role.LEADER)
    wanted = [Role.UNIT_REVIEWER if state == ReportState.SIGN_OFF else Role.REPORTER]
    if _ORDER[rung] >= _ORDER[REVIEWERS_FROM]:
        wanted.append(Role.UNIT_REVIEWER)
    if _ORDER[rung] >= _ORDER[LEADERS_FROM]:
        wanted.append(Role.LEADER)
    found: dict[int, None] = {}
    for role in wanted:
        instead = next((one for one in up[up.index(role) :] if people.get(one)), None)
        found.update(dict.fromkeys(people[instead] if instead else ()))
    return tuple(found)


def _instant(step: Step, owed: Owed, calendar: WorkCalendar, zone: datetime.tzinfo) -> datetime.datetime:
    if step.base == Base.OPENING:
        return owed.window.opens_at
    base = owed.due_at if step.base == Base.DUE else owed.late_from
    day = calendar.reckon(base.astimezone(zone).date(), step.limit).result
    return datetime.datetime.combine(day, BEGINS, zone)


def _round(step: Step, owed: Owed) -> str:
    anew = {Base.OPENING: False, Base.DUE: owed.is_due_again, Base.OVERDUE: owed.is_second_round}
    if owed.returned_at is None or not anew[step.base]:
        return ""
    return owed.returned_at.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%S")
