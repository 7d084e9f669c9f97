"""What stands on a person's desk: all that is due, came back, waits for them, and what they sent themselves."""

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from forms.collection.enums import RequirementState
from forms.collection.models import Requirement
from forms.collection.overview import RequirementRow, requirement_rows
from forms.submissions.counts import to_review
from forms.submissions.models import Petition, Submission, SubmissionVersion
from forms.submissions.todo import Todo, todo_list
from home.waiting import Waiting, what_waits_for
from portal.notifications.models import Notification
from portal.units.access import access_for
from portal.units.enums import REPORTING_ROLES, SEES_EVERY_REPORT, Role
from portal.units.models import Membership

if TYPE_CHECKING:
    from portal.accounts.models import User

SHOWN = 5
"""Rows of each part; a link leads to all of them."""


@dataclass(frozen=True)
class Part:
    """A list cut short, and how many there are."""

    rows: list[Todo]
    number: int

    @classmethod
    def of(cls, todos: list[Todo]) -> "Part":
        """The first ones."""
        return cls(todos[:SHOWN], len(todos))


@dataclass(frozen=True)
class Desk:
    """The parts; what is not a person's work is empty, and `reports` and `collects` say whose work it is."""

    waiting: list[Waiting]
    reports: bool
    collects: bool
    oversees: bool
    returned: Part = field(default_factory=lambda: Part([], 0))
    signing: Part = field(default_factory=lambda: Part([], 0))
    due: Part = field(default_factory=lambda: Part([], 0))
    review: list[Submission] = field(default_factory=list)
    petitions: int = 0
    behind: list[RequirementRow] = field(default_factory=list)
    """Requirements with reports overdue, most of them first."""
    sent: list[SubmissionVersion] = field(default_factory=list)
    unread: list[Notification] = field(default_factory=list)
    standing_in: list[Membership] = field(default_factory=list)


def desk_of(user: "User", *, now: datetime.datetime) -> Desk:
    """The desk at an instant, in a constant number of queries."""
    access = access_for(user)
    reports, collects = access.has(*REPORTING_ROLES), access.has(Role.COORDINATOR)
    oversees = access.has(*SEES_EVERY_REPORT)
    todo = todo_list(user=user, now=now) if reports else None
    standing_in = Membership.objects.active().filter(user=user, stands_in_for__isnull=False)
    standing_in = standing_in.select_related("unit", "user", "stands_in_for__user")
    return Desk(
        waiting=what_waits_for(user),
        reports=reports,
        collects=collects,
        oversees=oversees,
        returned=Part.of(todo.returned if todo else []),
        signing=Part.of(todo.signing if todo else []),
        due=Part.of(todo.due if todo else []),
        review=list(to_review(user).with_names().order_by("sent_at", "pk")[:SHOWN]) if collects else [],
        petitions=Petition.objects.to_decide(user).count() if collects or oversees else 0,
        behind=_behind(user, now) if collects or oversees else [],
        sent=list(_sent_by(user)[:SHOWN]) if reports else [],
        unread=list(Notification.objects.visible_to(user).unread()[:SHOWN]),
        standing_in=list(standing_in.select_related("unit", "user", "stands_in_for__user"))
        if access.standing_in
        else [],
    )


def _behind(user: "User", now: datetime.datetime) -> list[RequirementRow]:
    requirements = Requirement.objects.visible_to(user).filter(state=RequirementState.OPEN).select_related("owner")
    rows = [row for row in requirement_rows(list(requirements), user=user, now=now) if row.overdue]
    return sorted(rows, key=lambda row: (-row.overdue, row.requirement.pk))[:SHOWN]


def _sent_by(user: "User") -> QuerySet[SubmissionVersion]:
    """What the person sent or filled in, newest first, as far as they may still read it."""
    expected = "submission__expected__"
    return (
        SubmissionVersion.objects.visible_to(user)
        .filter(Q(sent_by=user) | Q(prepared_by=user))
        .select_related(f"{expected}period__requirement", f"{expected}unit")
        .order_by("-sent_at", "-pk")
    )
