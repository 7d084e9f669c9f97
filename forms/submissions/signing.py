"""Signing off inside the unit: before a report leaves, its own reviewer looks at it. And taking back what was sent.

A requirement says whether that is asked (`needs_sign_off`). Who may sign off may also send at once.
"""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.submissions.enums import Party, Step
from forms.submissions.errors import NotAllowedError, ReasonMissingError, StaleRevisionError
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.permissions import is_own_work, may_sign_off, only_stands_in
from forms.submissions.receipts.issuing import draws_a_receipt
from forms.submissions.services import stored_or_new
from forms.submissions.signals import report_moved
from forms.submissions.steps import (
    is_repeated,
    lock,
    next_row,
    note,
    require_form,
    require_owed,
    require_party,
    require_revision,
    require_window,
)
from forms.submissions.writing import arrive, store, write
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from portal.accounts.models import User


def needs_sign_off(user: "User", expected: ExpectedReport) -> bool:
    """Whether what this person sends must be signed off by another first."""
    signs_off = may_sign_off(user, expected) and not only_stands_in(user, expected)
    return expected.period.requirement.needs_sign_off and not signs_off


@transaction.atomic
def hand_in(
    *,
    user: "User",
    expected: ExpectedReport,
    answers: Mapping[str, Any],
    revision: int,
    key: UUID,
    seconds: int = 0,
    nil_note: str = "",
    now: datetime.datetime | None = None,
) -> Submission:
    """Hand a report whose answers have been validated to the unit's reviewer; the same key again changes nothing."""
    now = now or timezone.now()
    expected = lock(expected)
    submission = stored_or_new(user, expected, now)
    if submission.pending_key == key and submission.report_state == ReportState.SIGN_OFF:
        return submission
    require_revision(submission, revision)
    step = next_row(user, expected, submission.report_state, Step.ASK)
    require_window(expected, step, now)
    require_form(expected, now)
    write(submission, answers, step.target, user, now, seconds, nil_note)
    submission.reason = ""
    submission.pending_key = key
    submission.prepared_by = user
    store(submission, user, now)
    note(submission, Step.ASK, user, now)
    report_moved.send(sender=Submission, submission=submission, step=Step.ASK)
    return submission


@draws_a_receipt
@transaction.atomic
def sign_off(
    *, user: "User", submission: Submission, revision: int, now: datetime.datetime | None = None
) -> SubmissionVersion:
    """Let a report out of the unit: from now on it counts as sent. A second click gives the version of the first."""
    now = now or timezone.now()
    submission = _locked(submission)
    expected = submission.expected
    require_party(user, expected, Party.UNIT_REVIEWER)
    last = submission.versions.first()
    if last is not None and submission.report_state == ReportState.SUBMITTED and last.sent_by_id == user.pk:
        return last
    require_owed(expected)
    step = next_row(user, expected, submission.report_state, Step.SUBMIT)
    if is_own_work(user, submission):
        raise NotAllowedError(
            _("You filled this report in yourself. While you stand in for the reviewer, somebody else signs it off.")
        )
    require_revision(submission, revision)
    if submission.first_sent_at is None:  # what came back may be sent again after closing
        require_window(expected, step, now)
    require_form(expected, now)
    submission.state = step.target
    submission.revision += 1
    key = submission.pending_key
    assert key is not None  # noqa: S101 - it was handed in with one
    return arrive(submission, key, user, now)


def send_back_inside(
    *, user: "User", submission: Submission, revision: int, reason: str, now: datetime.datetime | None = None
) -> Submission:
    """Give a report back to those who fill it in, with the reason. It has not left the unit."""
    return _back(user, submission, Step.SEND_BACK, revision, reason.strip(), now or timezone.now())


def recall(*, user: "User", submission: Submission, revision: int, now: datetime.datetime | None = None) -> Submission:
    """Take a report back from signing off, to change it."""
    return _back(user, submission, Step.RECALL, revision, "", now or timezone.now())


@transaction.atomic
def withdraw(
    *, user: "User", submission: Submission, version: int, reason: str, now: datetime.datetime | None = None
) -> Submission:
    """Take back what was sent and nobody has decided on yet, as long as reports are taken; a second time is none."""
    now = now or timezone.now()
    reason = reason.strip()
    submission = _locked(submission)
    last = submission.versions.first()
    if last is None or last.number != version:
        raise StaleRevisionError
    if is_repeated(submission, Step.WITHDRAW, user, version=last):
        return submission
    step = next_row(user, submission.expected, submission.report_state, Step.WITHDRAW)
    if step.needs_reason and not reason:
        raise ReasonMissingError(_("Say why the report is withdrawn; the collecting unit reads it."))
    require_window(submission.expected, step, now)
    submission.state = step.target
    submission.reason = reason
    submission.revision += 1
    submission.save()
    note(submission, Step.WITHDRAW, user, now, reason=reason, version=last)
    record(action=AuditAction.CHANGE, user=user, target=submission, summary="report.withdrawn")
    report_moved.send(sender=Submission, submission=submission, step=Step.WITHDRAW)
    return submission


@transaction.atomic
def _back(
    user: "User", submission: Submission, step: Step, revision: int, reason: str, now: datetime.datetime
) -> Submission:
    submission = _locked(submission)
    if submission.revision == revision + 1 and is_repeated(submission, step, user):
        return submission
    row = next_row(user, submission.expected, submission.report_state, step)
    if row.needs_reason and not reason:
        raise ReasonMissingError(_("Say what has to be changed, so that it can be mended."))
    require_revision(submission, revision)
    submission.state = row.leads_to(was_sent=submission.first_sent_at is not None)
    submission.reason = reason
    submission.pending_key = None
    submission.revision += 1
    submission.save()
    note(submission, step, user, now, reason=reason)
    report_moved.send(sender=Submission, submission=submission, step=step)
    return submission


def _locked(submission: Submission) -> Submission:
    """The report as it is stored now, locked."""
    expected = lock(submission.expected)
    stored = Submission.objects.select_related("form_version", "prepared_by").get(pk=expected.pk)
    stored.expected = expected
    return stored
