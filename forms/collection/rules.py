"""When a report may be sent, and what its dates must be like. Pure: instants in, answers out.

All instants are aware. Both ends count: what is sent at the due instant is in time, what is sent at the closing instant
is still taken.
"""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from forms.collection.enums import PeriodStatus


@dataclass(frozen=True)
class Window:
    """From when, by when and until when a report is taken; without a closing instant it is taken for good."""

    opens_at: datetime.datetime
    due_at: datetime.datetime
    closes_at: datetime.datetime | None = None
    late_after: datetime.datetime | None = None
    """Where a grace is given: until then a report still counts as in time."""

    def status(self, now: datetime.datetime) -> PeriodStatus:
        """Where the window stands at an instant."""
        if now < self.opens_at:
            return PeriodStatus.UPCOMING
        if self.closes_at is not None and now > self.closes_at:
            return PeriodStatus.CLOSED
        return PeriodStatus.LATE if self.is_late(now) else PeriodStatus.OPEN

    def is_late(self, at: datetime.datetime) -> bool:
        """Whether something sent at this instant comes after the due instant and its grace."""
        return at > (self.late_after or self.due_at)

    def extended_to(self, due_at: datetime.datetime | None) -> "Window":
        """The same window for a unit with a due instant of its own; it never closes before that unit is due."""
        if due_at is None:
            return self
        closes_at = max(self.closes_at, due_at) if self.closes_at else None
        return Window(min(self.opens_at, due_at), due_at, closes_at)

    def open_until(self, instant: datetime.datetime | None) -> "Window":
        """The same window, closing no sooner than that instant; what is late stays late."""
        if instant is None or self.closes_at is None:
            return self
        return Window(self.opens_at, self.due_at, max(self.closes_at, instant), self.late_after)


def date_problems(
    *, opens_at: datetime.datetime, due_at: datetime.datetime, closes_at: datetime.datetime | None
) -> dict[str, str]:
    """What is wrong with the dates of a period, by field name; empty when nothing is."""
    problems = {}
    if due_at <= opens_at:
        problems["due_at"] = _("The report must be due after the period opens.")
    if closes_at is not None and closes_at < due_at:
        problems["closes_at"] = _("The period must not close before the report is due.")
    return problems


@dataclass(frozen=True)
class Rate:
    """A share that never forgets what it is a share of."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """0–100 with one decimal; None where there is nothing to divide by."""
        return round(100 * self.part / self.whole, 1) if self.whole else None

    def __str__(self) -> str:
        """“12/20 (60.0%)”, or a dash."""
        return "—" if self.percent is None else f"{self.part}/{self.whole} ({self.percent:.1f}%)"
