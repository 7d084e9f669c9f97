"""Writes of reports. Every step locks the expected report first, so that two steps on one report never overlap.

Services take plain values and say no by raising a `ReportRefusedError`; nothing has been changed then.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.collection.enums import PeriodStatus, ReportState
from forms.collection.expecting import pin_version
from forms.collection.models import ExpectedReport
from forms.submissions.enums import Party, Step
from forms.submissions.errors import (
    KeyTakenError,
    ReasonMissingError,
    ReportRefusedError,
    StaleRevisionError,
    WindowClosedError,
)
from forms.submissions.models import Submission, SubmissionFile, SubmissionVersion
from forms.submissions.prefill import first_answers
from forms.submissions.rules import content_hash, file_ids, is_worth_noting
from forms.submissions.signals import report_moved
from forms.submissions.steps import lock, next_row, note, require_form, require_party, require_revision, require_window
from forms.submissions.surroundings import Surroundings
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class Sent:
    """The version a sending made; `repeated` when an earlier attempt with the same key had made it already."""

    version: SubmissionVersion
    repeated: bool


@transaction.atomic
def begin(*, user: "User", expected: ExpectedReport, now: datetime.datetime | None = None) -> Submission:
    """The report on what is expected; where nobody has begun it, made with what is known beforehand."""
    now = now or timezone.now()
    expected = lock(expected)
    existing = Submission.objects.filter(pk=expected.pk).first()
    if existing is not None:
        require_party(user, expected, Party.UNIT)
        existing.expected = expected
        return existing
    next_row(user, expected, None, Step.CREATE)
    if expected.window.status(now) == PeriodStatus.UPCOMING:
        raise WindowClosedError(_("This period is not open yet."))
    require_form(expected, now, beginning=True)
    version = pin_version(period=expected.period).version
    if version is None:
        raise WindowClosedError(_("The form of this requirement has not been published yet."))
    around = Surroundings(user, expected, version.form_schema, now)
    submission = Submission.objects.create(
        expected=expected,
        form_version=version,
        answers=first_answers(around),
        updated_by=user,
        updated_at=now,
        state=ReportState.DRAFT,
    )
    note(submission, Step.CREATE, user, now)
    return submission


@transaction.atomic
def save_draft(
    *,
    user: "User",
    expected: ExpectedReport,
    answers: Mapping[str, Any],
    revision: int,
    seconds: int = 0,
    now: datetime.datetime | None = None,
) -> Submission:
    """Keep what was typed so far, in `seconds` of work.

    Raises StaleRevisionError when somebody else saved something different meanwhile.
    """
    now = now or timezone.now()
    submission = begin(user=user, expected=expected, now=now)
    if submission.revision != revision and submission.answers == answers:
        return submission
    require_revision(submission, revision)
    step = next_row(user, submission.expected, submission.report_state, Step.SAVE)
    require_form(submission.expected, now)
    _write(submission, answers, step.target, user, now, seconds)
    submission.save()
    last = submission.events.select_related("user").first()
    if last is None or is_worth_noting(
        last_step=Step(last.step), last_user_id=last.user_id, last_at=last.at, user_id=user.pk, now=now
    ):
        note(submission, Step.SAVE, user, now)
    return submission


@transaction.atomic
def submit(
    *,
    user: "User",
    expected: ExpectedReport,
    answers: Mapping[str, Any],
    revision: int,
    key: UUID,
    seconds: int = 0,
    now: datetime.datetime | None = None,
) -> Sent:
    """Send a report whose answers have been validated.

    The key is made by the page that was filled in. The same key a second time (double click, retried POST) gives the
    first result and changes nothing. Raises a ReportRefusedError: stale, closed, not allowed, wrong state, key taken.
    """
    now = now or timezone.now()
    expected = lock(expected)
    require_party(user, expected, Party.UNIT)
    known = sent_with(key=key, expected=expected)
    if known is not None:
        return Sent(known, repeated=True)
    submission = begin(user=user, expected=expected, now=now)
    require_revision(submission, revision)
    step = next_row(user, expected, submission.report_state, Step.SUBMIT)
    require_window(expected, step, now)
    require_form(expected, now)
    _write(submission, answers, step.target, user, now, seconds)
    submission.reason = ""
    submission.sent_at = now
    submission.first_sent_at = submission.first_sent_at or now
    submission.save()
    version = _keep_version(submission, key, user, now)
    note(submission, Step.SUBMIT, user, now, version=version)
    record(
        action=AuditAction.SUBMIT,
        user=user,
        target=submission,
        details={"version": version.number, "late": version.late, "hash": version.content_hash},
    )
    report_moved.send(sender=Submission, submission=submission, step=Step.SUBMIT)
    return Sent(version, repeated=False)


def return_report(
    *, user: "User", submission: Submission, version: int, reason: str, now: datetime.datetime | None = None
) -> Submission:
    """Send a report back to its unit, with the reason."""
    return _review(user, submission, Step.RETURN, version, reason.strip(), now or timezone.now())


def accept(*, user: "User", submission: Submission, version: int, now: datetime.datetime | None = None) -> Submission:
    """Accept a report: from now on it counts, and is found."""
    return _review(user, submission, Step.ACCEPT, version, "", now or timezone.now())


def sent_with(*, key: UUID, expected: ExpectedReport) -> SubmissionVersion | None:
    """What an earlier attempt with this key sent; KeyTakenError when it belongs to another report."""
    version = SubmissionVersion.objects.filter(key=key).first()
    if version is not None and version.submission_id != expected.pk:
        raise KeyTakenError(_("This page was used for another report. Open the report again, please."))
    return version


_AUDITED = {Step.ACCEPT: AuditAction.ACCEPT, Step.RETURN: AuditAction.RETURN}


@transaction.atomic
def _review(
    user: "User", submission: Submission, step: Step, number: int, reason: str, now: datetime.datetime
) -> Submission:
    expected = lock(submission.expected)
    submission = Submission.objects.select_related("form_version").get(pk=expected.pk)
    submission.expected = expected
    require_party(user, expected, Party.REVIEWER)
    version = submission.versions.first()
    if version is None or version.number != number:
        raise StaleRevisionError
    last = submission.events.first()
    if last is not None and (last.step, last.user_id, last.version_id) == (step, user.pk, version.pk):
        return submission
    row = next_row(user, expected, submission.report_state, step)
    if row.needs_reason and not reason:
        raise ReasonMissingError(_("Say what has to be changed, so that the unit can mend it."))
    submission.state = row.target
    submission.reason = reason
    submission.revision += 1
    submission.accepted_version = version if step == Step.ACCEPT else None
    submission.save()
    note(submission, step, user, now, reason=reason, version=version)
    record(action=_AUDITED[step], user=user, target=submission, details={"version": version.number})
    report_moved.send(sender=Submission, submission=submission, step=step)
    return submission


def _write(
    submission: Submission,
    answers: Mapping[str, Any],
    state: ReportState,
    user: "User",
    now: datetime.datetime,
    seconds: int,
) -> None:
    _require_own_files(submission, answers)
    submission.answers = dict(answers)
    submission.state = state
    submission.revision += 1
    submission.updated_by = user
    submission.updated_at = now
    submission.seconds_spent += seconds


def _require_own_files(submission: Submission, answers: Mapping[str, Any]) -> None:
    wanted = set(file_ids(answers))
    if wanted and SubmissionFile.objects.filter(pk__in=wanted, submission=submission).count() != len(wanted):
        raise ReportRefusedError(_("One of the files does not belong to this report. Choose it again, please."))


def _keep_version(submission: Submission, key: UUID, user: "User", now: datetime.datetime) -> SubmissionVersion:
    last = submission.versions.values_list("number", flat=True).first() or 0
    version = SubmissionVersion.objects.create(
        submission=submission,
        number=last + 1,
        answers=submission.answers,
        form_version=submission.form_version,
        key=key,
        content_hash=content_hash(
            report_id=submission.pk, schema_digest=submission.form_version.digest, answers=submission.answers
        ),
        late=submission.is_late,
        sent_by=user,
        sent_at=now,
    )
    version.files.set(SubmissionFile.objects.filter(pk__in=set(file_ids(submission.answers))))
    return version
