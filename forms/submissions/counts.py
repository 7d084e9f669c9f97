"""What waits for a person, in numbers, for the home page and the navigation."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms.collection.enums import ReportState, RequirementState
from forms.submissions.models import Petition, Submission
from forms.submissions.querysets import SubmissionQuerySet
from forms.submissions.todo import expected_of, owed
from portal.units.access import access_for
from portal.units.compiled import CompiledForAccess
from portal.units.enums import REPORTING_ROLES, Role

if TYPE_CHECKING:
    from portal.accounts.models import User


class WaitingKind(models.TextChoices):
    """Why something waits."""

    RETURNED = "returned", _("Returned, to be mended")
    OVERDUE = "overdue", _("Overdue")
    DUE = "due", _("To be filled in")
    SIGN_OFF = "sign_off", _("To be signed off in the unit")
    REVIEW = "review", _("To be reviewed")


@dataclass(frozen=True)
class Waiting:
    """So many reports wait for the person, and where they are."""

    kind: WaitingKind
    number: int
    url: str


def waiting_for(user: "User", now: datetime.datetime | None = None) -> list[Waiting]:
    """What waits for the person, most urgent first, zeros included; at most three queries, none for bystanders."""
    now, access = now or timezone.now(), access_for(user)
    waiting: list[Waiting] = []
    if access.has(*REPORTING_ROLES):
        waiting += _to_write(user, now)
    if access.has(Role.UNIT_REVIEWER):
        number = to_sign_off(user).count()
        waiting.append(Waiting(WaitingKind.SIGN_OFF, number, f"{reverse('submissions:todo')}#sign_off"))
    if access.has(Role.COORDINATOR):
        number = number_to_review(user)
        waiting.append(Waiting(WaitingKind.REVIEW, number, reverse("submissions:queue")))
    return waiting


def to_sign_off(user: "User") -> SubmissionQuerySet:
    """Reports of the person's units that wait for their sign-off."""
    return Submission.objects.filter(
        state=ReportState.SIGN_OFF, expected__unit_id__in=access_for(user).unit_ids(Role.UNIT_REVIEWER)
    )


def to_review(user: "User") -> SubmissionQuerySet:
    """Reports that wait for the person's decision."""
    return Submission.objects.filter(
        state=ReportState.SUBMITTED,
        expected__period__requirement__owner_id__in=access_for(user).unit_ids(Role.COORDINATOR),
    )


def number_to_review(user: "User") -> int:
    """How many wait for the person's decision; one query."""
    return TO_REVIEW.count(user)


def number_to_decide(user: "User") -> int:
    """How many petitions wait for the person's decision; one query."""
    return TO_DECIDE.count(user, number=user.pk)


TO_REVIEW = CompiledForAccess(lambda person: to_review(person).order_by().values_list("pk"))
TO_DECIDE = CompiledForAccess(
    lambda person, number: Petition.objects.decided_by_such(person, number).order_by().values_list("pk"), number=int
)


def _to_write(user: "User", now: datetime.datetime) -> list[Waiting]:
    returned = Q(submission__state=ReportState.RETURNED)
    begun_or_not = Q(submission__isnull=True) | Q(submission__state=ReportState.DRAFT)
    taken = begun_or_not & Q(period__opens_at__lte=now) & (Q(closes__isnull=True) | Q(closes__gte=now))
    numbers = (
        owed(expected_of(user))
        .filter(period__requirement__state=RequirementState.OPEN)
        .with_window()
        .order_by()
        .aggregate(
            returned_number=Count("pk", filter=returned),
            overdue_number=Count("pk", filter=taken & Q(late_after__lt=now)),
            due_number=Count("pk", filter=taken & Q(late_after__gte=now)),
        )
    )
    url = reverse("submissions:todo")
    kinds = (WaitingKind.RETURNED, WaitingKind.OVERDUE, WaitingKind.DUE)
    return [Waiting(kind, numbers[f"{kind.value}_number"], f"{url}#{kind.value}") for kind in kinds]
