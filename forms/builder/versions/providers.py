"""What is asked with a form, and what was answered to it: known to the rooms above, which register themselves here.

forms.collection knows requirements and periods, forms.submissions knows reports. Both are asked in bulk, so that a page
costs the same number of queries however many reports there are.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from forms.builder.answers import Answers
from forms.builder.schema import FieldSchema

if TYPE_CHECKING:
    from forms.builder.models import FormPage, FormVersion
    from portal.accounts.models import User


@dataclass(frozen=True)
class Demand:
    """A requirement that asks the form of units, and how often it still will."""

    requirement_id: int
    title: str
    url: str
    """Empty where the reader may not open it."""
    state: str
    """In words."""
    is_open: bool
    units: int
    open_periods: tuple[str, ...]
    """Names of the periods in which reports are taken now."""
    upcoming_periods: int
    version_numbers: tuple[int, ...]
    """Versions that the open periods are filled in with."""

    @property
    def periods(self) -> int:
        """Periods that are still to be answered."""
        return len(self.open_periods) + self.upcoming_periods


@dataclass(frozen=True)
class InProgress:
    """Reports of a requirement that lie with their units."""

    requirement: str
    drafts: int
    returned: int
    units: int


@dataclass(frozen=True)
class AcceptedReport:
    """A report that counts. Who may not read it gets no name and no address of it."""

    name: str
    url: str
    version_id: int
    answers: Answers
    unit_id: int
    sent_on: datetime.date
    """The day it was sent, in the site's zone."""


@dataclass(frozen=True)
class FillTime:
    """How long filling in took on average, measured."""

    reports: int
    seconds: float


@dataclass(frozen=True)
class Answered:
    """An answer with the question that it was given to."""

    field: FieldSchema
    answer: Any


class Demands(Protocol):
    """Whoever knows which requirements use a form."""

    def demands(self, form: "FormPage", *, user: "User", now: datetime.datetime) -> Sequence[Demand]:
        """The requirements that have not ended, newest first; in a constant number of queries."""
        ...

    def units_asked(self, *, now: datetime.datetime) -> Mapping[int, frozenset[int]]:
        """Number of each form → units that still owe reports with it; one query."""
        ...

    def take_up(self, *, version: "FormVersion", now: datetime.datetime) -> int:
        """Let open periods be filled in with the version where nobody has begun; gives how many periods."""
        ...


class Reports(Protocol):
    """Whoever knows what has been answered."""

    def in_progress(self, form: "FormPage") -> Sequence[InProgress]:
        """Drafts and returned reports of the form by requirement; one query."""
        ...

    def accepted(self, form: "FormPage", *, user: "User", most: int) -> Sequence[AcceptedReport]:
        """The latest accepted reports; in a constant number of queries."""
        ...

    def accepted_count(self, form: "FormPage") -> int:
        """How many there are."""
        ...

    def answered(self, form: "FormPage", keys: Iterable[str]) -> frozenset[str]:
        """Those of the top-level keys to which any draft or sent report of the form has an answer."""
        ...

    def chosen(self, form: "FormPage", codes: Iterable[str]) -> frozenset[str]:
        """Those codes of choices, or keys of columns, that stand in the answers of any draft or sent report."""
        ...

    def fill_time(self, version: "FormVersion") -> FillTime | None:
        """Measured time of filling the version in; None while nothing was measured."""
        ...

    def used_by(self, form: "FormPage") -> Mapping[int, int]:
        """Number of each version → reports that are filled in with it."""
        ...

    def move_drafts(self, *, version: "FormVersion", user: "User", now: datetime.datetime) -> int:
        """Move drafts and returned reports of running requirements to the version; gives how many."""
        ...

    def last_answer_of(self, form_id: int, key: str, *, unit_id: int) -> Answered | None:
        """What the unit answered last to a question of a form, among its accepted reports."""
        ...


_demands: list[Demands] = []
_reports: list[Reports] = []


def register_demands(source: Demands) -> None:
    """Make requirements known (called in the higher room's AppConfig)."""
    _demands[:] = [source]


def register_reports(source: Reports) -> None:
    """Make reports known (called in the higher room's AppConfig)."""
    _reports[:] = [source]


def demands() -> Demands:
    """Whoever knows requirements."""
    return _demands[0]


def reports() -> Reports:
    """Whoever knows reports."""
    return _reports[0]
