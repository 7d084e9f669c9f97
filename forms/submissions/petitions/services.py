"""Asking and deciding. Nobody decides on a petition of their own."""

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.collection.enums import ARRIVED, PeriodStatus, ReportState
from forms.collection.models import ExpectedReport
from forms.submissions.enums import Party, Step
from forms.submissions.errors import NotAllowedError, ReasonMissingError, WrongStateError
from forms.submissions.models import Submission
from forms.submissions.petitions.enums import PetitionKind
from forms.submissions.petitions.models import Petition
from forms.submissions.review.returning import came_back
from forms.submissions.signals import petition_moved, report_moved
from forms.submissions.steps import lock, next_row, note, require_owed, require_party
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from portal.accounts.models import User

LONGEST_EXCEPTION = datetime.timedelta(days=92)


@transaction.atomic
def ask_to_reopen(
    *, user: "User", expected: ExpectedReport, reason: str, now: datetime.datetime | None = None
) -> Petition:
    """Ask that an accepted report goes back to its unit; a second person decides."""
    expected = lock(expected)
    report = Submission.objects.filter(pk=expected.pk).first()
    next_row(user, expected, report.report_state if report else None, Step.REOPEN)
    return _ask(user, expected, PetitionKind.REOPEN, reason, now or timezone.now())


@transaction.atomic
def ask_to_send_late(
    *, user: "User", expected: ExpectedReport, reason: str, now: datetime.datetime | None = None
) -> Petition:
    """Ask that a report is taken after its period has closed."""
    now = now or timezone.now()
    expected = lock(expected)
    require_party(user, expected, Party.UNIT)
    require_owed(expected)
    report = Submission.objects.filter(pk=expected.pk).first()
    if expected.window.status(now) != PeriodStatus.CLOSED or (report is not None and report.report_state in ARRIVED):
        raise WrongStateError(_("Reports are taken now, or this one has been sent; no exception is needed."))
    return _ask(user, expected, PetitionKind.LATE, reason, now)


@transaction.atomic
def decide(
    *,
    user: "User",
    petition: Petition,
    approve: bool,
    answer: str = "",
    until: datetime.datetime | None = None,
    now: datetime.datetime | None = None,
) -> Petition:
    """Approve or refuse; approving takes effect in the same moment.

    A late report needs the instant `until` which it is taken. A refusal needs an answer. A second click gives what the
    first has decided. Raises a ReportRefusedError.
    """
    now = now or timezone.now()
    expected = lock(petition.expected)
    petition = Petition.objects.select_for_update().get(pk=petition.pk)
    if petition.decided_by_id == user.pk and petition.is_approved == approve:
        return petition
    if not petition.is_open:
        raise WrongStateError(_("Somebody has decided on this already."))
    if not Petition.objects.to_decide(user).filter(pk=petition.pk).exists():
        raise NotAllowedError(_("Another person must decide on this: four eyes see more than two."))
    if not approve and not answer.strip():
        raise ReasonMissingError(_("Please say why this is refused."))
    if approve and petition.kind == PetitionKind.LATE:
        _open_until(expected, until, now)
    elif approve:
        _reopen(user, petition, expected, now)
    petition.decided_by, petition.decided_at = user, now
    petition.is_approved, petition.answer = approve, answer.strip()
    petition.save()
    details = {"kind": petition.kind, "approved": approve}
    record(action=AuditAction.CHANGE, user=user, target=petition, summary="report.petition_decided", details=details)
    petition_moved.send(sender=Petition, petition=petition)
    return petition


def _ask(user: "User", expected: ExpectedReport, kind: PetitionKind, reason: str, now: datetime.datetime) -> Petition:
    if not reason.strip():
        raise ReasonMissingError(_("Please say why; the person who decides reads it."))
    known = Petition.objects.filter(expected=expected, kind=kind, decided_at__isnull=True).first()
    if known is not None:
        return known
    petition = Petition.objects.create(expected=expected, kind=kind, reason=reason.strip(), asked_by=user, asked_at=now)
    record(action=AuditAction.CREATE, user=user, target=petition, summary="report.petition", details={"kind": kind})
    petition_moved.send(sender=Petition, petition=petition)
    return petition


def _open_until(expected: ExpectedReport, until: datetime.datetime | None, now: datetime.datetime) -> None:
    if until is None or not now < until <= now + LONGEST_EXCEPTION:
        raise ReasonMissingError(_("Please say until when the report is taken: a day within the next three months."))
    expected.open_until = until
    expected.save(update_fields=["open_until"])


def _reopen(user: "User", petition: Petition, expected: ExpectedReport, now: datetime.datetime) -> None:
    report = Submission.objects.select_related("form_version").get(pk=expected.pk)
    report.expected = expected
    if report.report_state != ReportState.ACCEPTED:
        raise WrongStateError(_("The report has moved on meanwhile; this step is not possible any more."))
    version = report.accepted_version
    report.state = ReportState.RETURNED
    report.reason = petition.reason
    report.accepted_version = None
    report.revision += 1
    report.save()
    event = note(report, Step.REOPEN, user, now, reason=petition.reason, version=version)
    if version is not None:
        came_back(report, event, version, reason=petition.reason)
    report_moved.send(sender=Submission, submission=report, step=Step.REOPEN)
