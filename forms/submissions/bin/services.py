"""Deleting, restoring, and emptying the bin."""

import datetime
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms.collection.models import ExpectedReport, ReportingPeriod, Requirement
from forms.collection.permissions import may_manage
from forms.submissions.bin.enums import BinnedKind
from forms.submissions.bin.models import Binned
from forms.submissions.bin.rows import Taken, delete_files, put_back, take
from forms.submissions.errors import (
    NotAllowedError,
    ReasonMissingError,
    ReportRefusedError,
    StaleRevisionError,
    WrongStateError,
)
from forms.submissions.models import Submission
from forms.submissions.permissions import may_review
from forms.submissions.signals import report_binned, report_restored, requirement_binned
from forms.submissions.steps import lock
from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.units.access import access_for
from portal.units.enums import Role
from portal.units.models import Unit

if TYPE_CHECKING:
    from portal.accounts.models import User

KEPT_FOR = datetime.timedelta(days=30)


class InTheWayError(ReportRefusedError):
    """What was deleted cannot come back: something stands in its place, or what it stood on is gone."""


@transaction.atomic
def bin_report(
    *, user: "User", submission: Submission, version: int, reason: str, now: datetime.datetime | None = None
) -> Binned:
    """Take a sent report out with its versions, history and files. Its unit owes it again.

    For coordinators of the collecting unit, with the number of the newest version as they saw it.
    """
    expected = lock(submission.expected)
    current = Submission.objects.get(pk=expected.pk)
    current.expected = expected
    if not may_review(user, expected):
        raise NotAllowedError(_("This step is not for you to take."))
    if current.first_sent_at is None:
        raise WrongStateError(_("This report has not been sent; a draft is its unit's own."))
    if current.versions.values_list("number", flat=True).first() != version:
        raise StaleRevisionError
    _require(reason)
    report_binned.send(sender=Submission, submission=current, user=user, reason=reason.strip())
    owner = expected.period.requirement.owner
    return _keep(BinnedKind.REPORT, current, str(expected), owner, user, reason, now)


@transaction.atomic
def bin_requirement(
    *, user: "User", requirement: Requirement, reason: str, now: datetime.datetime | None = None
) -> Binned:
    """Take a requirement out with its periods, what is expected, and drafts; refused once a report has been sent."""
    current = Requirement.objects.select_for_update().get(pk=requirement.pk)
    if not may_manage(user, current) or current.owner_id not in access_for(user).unit_ids(Role.COORDINATOR):
        raise NotAllowedError(_("This step is not for you to take."))
    for period in ReportingPeriod.objects.filter(requirement=current):
        list(ExpectedReport.objects.select_for_update().filter(period=period).values_list("pk", flat=True))
    sent = Submission.objects.filter(expected__period__requirement=current, first_sent_at__isnull=False).count()
    if sent:
        words = ngettext(
            "%(count)d report has been sent for this requirement. End collecting instead; or delete the report first.",
            "%(count)d reports have been sent for this requirement. End collecting instead; or delete them first.",
            sent,
        )
        raise WrongStateError(words % {"count": sent})
    _require(reason)
    requirement_binned.send(sender=Requirement, requirement=current, user=user, reason=reason.strip())
    return _keep(BinnedKind.REQUIREMENT, current, current.title, current.owner, user, reason, now)


@transaction.atomic
def restore(*, user: "User", binned: Binned) -> Submission | Requirement:
    """Put it back as it was, with all its numbers; the second of two who try finds it gone (WrongStateError)."""
    current = Binned.objects.select_for_update().visible_to(user).filter(pk=binned.pk).first()
    if current is None:
        raise WrongStateError(_("This is not in the bin any more."))
    if current.kind == BinnedKind.REPORT:
        if not ExpectedReport.objects.select_for_update().filter(pk=current.target_id).exists():
            raise InTheWayError(_("Its requirement has been deleted, or does not ask this unit any more."))
        if Submission.objects.filter(pk=current.target_id).exists():
            raise InTheWayError(_("The unit has begun the report anew. Delete that one first, or leave this one here."))
    restored = cast("Submission | Requirement", put_back(Taken(current.rows, current.links, current.files)))
    if isinstance(restored, Submission):
        report_restored.send(sender=Submission, submission=restored)
    summary = f"bin.{current.kind}.restored"
    record(action=AuditAction.CREATE, user=user, target=restored, summary=summary, details={"bin": current.pk})
    current.delete()
    return restored


def empty_bin(*, now: datetime.datetime | None = None) -> int:
    """Delete for good what has lain there for thirty days, files and all; gives how many."""
    now = now or timezone.now()
    numbers = list(Binned.objects.filter(deleted_at__lte=now - KEPT_FOR).values_list("pk", flat=True))
    return sum(_delete(number) for number in numbers)


@transaction.atomic
def _delete(number: int) -> bool:
    binned = Binned.objects.select_for_update().filter(pk=number).first()
    if binned is None:
        return False
    record(action=AuditAction.DELETE, user=None, target=binned, summary=f"bin.{binned.kind}.emptied")
    taken = Taken(binned.rows, binned.links, binned.files)
    transaction.on_commit(lambda: delete_files(taken))
    binned.delete()
    return True


def _require(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissingError(_("Say why it is deleted; the log keeps it."))


def _keep(
    kind: BinnedKind,
    root: Submission | Requirement,
    title: str,
    owner: Unit,
    user: "User",
    reason: str,
    now: datetime.datetime | None,
) -> Binned:
    details = {"reason": reason.strip()}
    record(action=AuditAction.DELETE, user=user, target=root, summary=f"bin.{kind}.deleted", details=details)
    taken = take(root)
    return Binned.objects.create(
        kind=kind,
        target_id=root.pk or taken.rows[0]["pk"],
        title=title[:400],
        owner=owner,
        rows=taken.rows,
        links=taken.links,
        files=taken.files,
        reason=reason.strip(),
        deleted_by=user,
        deleted_at=now or timezone.now(),
    )
