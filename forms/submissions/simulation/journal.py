"""What happened, as it was done: the raw events from which the figures are counted a second time.

Nothing here asks how the portal counts. The definitions are written anew, from the words of the rule: a report is owed
by a unit that exists on the due day and has not been freed from it; it has arrived once it has left the unit and has
not come back; it is timely if it first left by the due instant, the grace included. It is overdue once that instant has
passed without it; of one that came back from review the time with the reviewer is given again, hour for hour worked.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from forms.submissions.simulation.working import minutes_later, minutes_worked

A_DAY = 9 * 60
"""Minutes of a working day."""

Key = tuple[int, int]
"""Period and unit."""


@dataclass(frozen=True)
class Event:
    """One thing that somebody did."""

    at: datetime.datetime
    key: Key
    what: str


@dataclass(frozen=True)
class Terms:
    """What a period asks for, read once when it opens."""

    opens_at: datetime.datetime
    due_at: datetime.datetime
    late_after: datetime.datetime
    due_on: datetime.date


@dataclass(frozen=True)
class Life:
    """From when until when a unit exists, both included."""

    first: datetime.date | None
    last: datetime.date | None

    def covers(self, day: datetime.date) -> bool:
        """Whether the unit exists on the day."""
        return not ((self.first and day < self.first) or (self.last and day > self.last))


@dataclass(frozen=True)
class Figures:
    """What is counted of one period."""

    expected: int
    arrived: int
    timely: int
    overdue: int
    by_state: tuple[tuple[str, int], ...]


STATE_AFTER = {
    "saved": "draft",
    "handed in": "sign_off",
    "sent": "submitted",
    "returned": "returned",
    "sent back": "returned",
    "withdrawn": "returned",
    "reopened": "returned",
    "accepted": "accepted",
}
NOT_ARRIVED = {"", "draft", "sign_off", "returned"}


@dataclass
class Journal:
    """The events, in the order in which they happened."""

    events: list[Event] = field(default_factory=list)

    def note(self, at: datetime.datetime, key: Key, what: str) -> None:
        """Write down what was done."""
        self.events.append(Event(at, key, what))

    def figures(self, period: int, terms: Terms, lives: dict[int, Life], now: datetime.datetime) -> Figures:
        """The figures of a period at an instant, counted from the events alone."""
        mine: dict[int, list[Event]] = {}
        for event in self.events:
            if event.key[0] == period and event.at <= now:
                mine.setdefault(event.key[1], []).append(event)
        owing = [unit for unit, life in lives.items() if life.covers(terms.due_on) or unit in mine]
        states: Counter[str] = Counter()
        arrived = timely = overdue = 0
        for unit in owing:
            told = mine.get(unit, [])
            if told and _is_waived(told):
                continue
            state = next((STATE_AFTER[one.what] for one in reversed(told) if one.what in STATE_AFTER), "")
            states[state] += 1
            sent = [one.at for one in told if one.what == "sent"]
            has_arrived = state not in NOT_ARRIVED
            arrived += has_arrived
            timely += has_arrived and sent[0] <= terms.late_after
            overdue += not has_arrived and now > max(terms.late_after, _due_again(told, terms.due_at))
        return Figures(sum(states.values()), arrived, timely, overdue, tuple(sorted(states.items())))


def _is_waived(told: Iterable[Event]) -> bool:
    """Whether the last word on it was that the unit need not report."""
    words = [one.what for one in told if one.what in {"waived", "asked again"}]
    return bool(words) and words[-1] == "waived"


def _due_again(told: Iterable[Event], due_at: datetime.datetime) -> datetime.datetime:
    """Until when a report was owed after all its reviews, told from the events."""
    sent_at = due_at
    for one in told:
        if one.what == "sent":
            sent_at = one.at
        elif one.what in {"returned", "reopened"}:
            left = max(minutes_worked(sent_at, due_at), A_DAY)
            due_at = max(due_at, minutes_later(one.at, left))
    return due_at
