"""What steps write to a report; each is called inside the step's transaction, with the report locked."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from forms.collection.enums import ReportState
from forms.submissions.enums import Step
from forms.submissions.errors import ReportRefusedError
from forms.submissions.models import Submission, SubmissionEvent, SubmissionFile, SubmissionVersion
from forms.submissions.receipts.issuing import add_with_receipt
from forms.submissions.review.returning import require_writable
from forms.submissions.rules import content_hash, file_ids
from forms.submissions.signals import report_moved
from forms.submissions.steps import note
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from portal.accounts.models import User


def write(
    submission: Submission,
    answers: Mapping[str, Any],
    state: ReportState,
    user: "User",
    now: datetime.datetime,
    seconds: int,
    nil_note: str = "",
) -> None:
    """Put answers and state on the report; whoever calls saves it.

    Raises LockedAnswersError where the report came back with marks and something else was changed.
    """
    require_writable(submission, answers, nil_note)
    require_own_files(submission, answers)
    submission.answers = dict(answers)
    submission.nil_note = nil_note
    submission.state = state
    submission.revision += 1
    submission.updated_by = user
    submission.updated_at = now
    submission.seconds_spent += seconds


def store(submission: Submission, user: "User", now: datetime.datetime) -> None:
    """Save the report; of one that nobody had begun the history begins with that."""
    if submission._state.adding:
        submission.save(force_insert=True)
        note(submission, Step.CREATE, user, now)
    else:
        submission.save()


def require_own_files(submission: Submission, answers: Mapping[str, Any]) -> None:
    """Raise ReportRefusedError when answers refer to files of another report."""
    wanted = set(file_ids(answers))
    if wanted and SubmissionFile.objects.filter(pk__in=wanted, submission=submission).count() != len(wanted):
        raise ReportRefusedError(_("One of the files does not belong to this report. Choose it again, please."))


def keep_version(
    submission: Submission, key: UUID, user: "User", now: datetime.datetime, *, is_first: bool
) -> SubmissionVersion:
    """Keep what is being sent as it is sent, under a receipt's number; it never changes again.

    A nil report keeps no answers, only its note.
    """
    answers: dict[str, Any] = {} if submission.nil_note else submission.answers
    last = 0 if is_first else submission.versions.values_list("number", flat=True).first() or 0
    version = add_with_receipt(
        submission=submission,
        number=last + 1,
        answers=answers,
        nil_note=submission.nil_note,
        form_version=submission.form_version,
        key=key,
        content_hash=content_hash(
            report_id=submission.pk,
            schema_digest=submission.form_version.digest,
            answers=answers,
            nil_note=submission.nil_note,
        ),
        late=submission.is_late,
        sent_by=user,
        sent_at=now,
        prepared_by=submission.prepared_by,
    )
    if wanted := set(file_ids(answers)):
        version.files.set(SubmissionFile.objects.filter(pk__in=wanted))
    return version


def arrive(submission: Submission, key: UUID, user: "User", now: datetime.datetime) -> SubmissionVersion:
    """What leaves the unit: instants, version, history, log, and word to other rooms; the state is set already."""
    submission.reason = ""
    submission.pending_key = None
    submission.sent_at = now
    is_first = submission.first_sent_at is None
    submission.first_sent_at = submission.first_sent_at or now
    begins = submission._state.adding
    submission.save(force_insert=begins)
    version = keep_version(submission, key, user, now, is_first=is_first)
    events = [note(submission, Step.CREATE, user, now, keep=False)] if begins else []
    events.append(note(submission, Step.SUBMIT, user, now, version=version, keep=False))
    SubmissionEvent.objects.bulk_create(events)
    record(
        action=AuditAction.SUBMIT,
        user=user,
        target=submission,
        details={"version": version.number, "late": version.late, "hash": version.content_hash},
    )
    report_moved.send(sender=Submission, submission=submission, step=Step.SUBMIT, version=version)
    return version
