"""A reporter's to-do list (我的报送): what was returned, what is due, what was missed, what was sent."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from forms.collection.enums import ARRIVED, OWED, PeriodStatus, ReportState, RequirementState
from forms.collection.models import ExpectedReport
from forms.collection.querysets import ExpectedReportQuerySet
from forms.collection.wording import due_words, moment
from forms.submissions.models import Submission
from forms.submissions.querysets import SubmissionQuerySet
from forms.submissions.review.due import due_again
from portal.units.enums import REPORTING_ROLES

if TYPE_CHECKING:
    from portal.accounts.models import User

DUE_SOON = datetime.timedelta(days=7)
"""From when on a report that is not sent yet is marked as due soon."""


@dataclass(frozen=True)
class Todo:
    """One report on the list; `report` is None where nobody has begun."""

    expected: ExpectedReport
    report: Submission | None
    status: PeriodStatus
    words: str
    due_at: datetime.datetime
    is_overdue: bool
    is_due_soon: bool

    @property
    def is_returned(self) -> bool:
        """Whether it came back and waits to be mended."""
        return self.report is not None and self.report.report_state == ReportState.RETURNED

    @property
    def is_in_sign_off(self) -> bool:
        """Whether it waits for the unit's own reviewer."""
        return self.report is not None and self.report.report_state == ReportState.SIGN_OFF

    @property
    def urgency(self) -> tuple[bool, datetime.datetime, int]:
        """Sorting key: returned first, then by the instant it is due."""
        return (not self.is_returned, self.due_at, self.expected.pk)


@dataclass(frozen=True)
class TodoList:
    """The list in its parts, each in order of urgency."""

    signing: list[Todo]
    returned: list[Todo]
    due: list[Todo]
    upcoming: list[Todo]
    missed: list[Todo]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be done, now or soon."""
        return not (self.signing or self.returned or self.due or self.upcoming or self.missed)


def expected_of(user: "User") -> ExpectedReportQuerySet:
    """What the units owe in which the person works on reports."""
    return ExpectedReport.objects.to_be_written_by(user, *REPORTING_ROLES)


def owed(expected: ExpectedReportQuerySet) -> ExpectedReportQuerySet:
    """Of these, what lies with the unit: not begun, a draft, or returned; not what has been waived."""
    return expected.not_waived().filter(Q(submission__isnull=True) | Q(submission__state__in=OWED))


def todo_list(*, user: "User", now: datetime.datetime) -> TodoList:
    """The person's list at an instant, one query."""
    rows = owed(expected_of(user)).filter(period__requirement__state=RequirementState.OPEN)
    rows = rows.with_names().select_related("submission").annotate(again=due_again())
    todos = sorted((_todo(row, row.again, now) for row in rows), key=lambda todo: todo.urgency)
    signing = [todo for todo in todos if todo.is_in_sign_off]
    todos = [todo for todo in todos if not todo.is_in_sign_off]
    open_now = [todo for todo in todos if todo.status in {PeriodStatus.OPEN, PeriodStatus.LATE}]
    return TodoList(
        signing=signing,
        returned=[todo for todo in todos if todo.is_returned],
        due=[todo for todo in open_now if not todo.is_returned],
        upcoming=_next_ones(todo for todo in todos if todo.status == PeriodStatus.UPCOMING and not todo.is_returned),
        missed=[todo for todo in todos if todo.status == PeriodStatus.CLOSED and not todo.is_returned],
    )


def _next_ones(todos: Iterable[Todo]) -> list[Todo]:
    """Of what is still to come, the next of each requirement and unit: a weekly report fills no page."""
    nearest: dict[tuple[int, int], Todo] = {}
    for todo in todos:
        nearest.setdefault((todo.expected.period.requirement_id, todo.expected.unit_id), todo)
    return list(nearest.values())


def sent_by_units_of(user: "User") -> SubmissionQuerySet:
    """Reports the person's units have sent, newest first."""
    return (
        Submission.objects.filter(state__in=ARRIVED, expected__in=expected_of(user).order_by().values("pk"))
        .with_names()
        .order_by("-sent_at", "-pk")
    )


def _todo(expected: ExpectedReport, again: datetime.datetime | None, now: datetime.datetime) -> Todo:
    """One row; `again` is by when it is to be sent again, where it came back from review."""
    window, report = expected.window, getattr(expected, "submission", None)
    status = window.status(now)
    due_at = max(window.due_at, again or window.due_at)
    is_upcoming = status == PeriodStatus.UPCOMING
    words = moment(window.opens_at, now=now) if is_upcoming else due_words(due_at=due_at, now=now)
    late = window.is_late(now) and now > due_at
    soon = not late and due_at - now <= DUE_SOON
    return Todo(expected, report, status, words, due_at, late, soon)
