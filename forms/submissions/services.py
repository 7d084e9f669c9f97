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
    WindowClosedError,
)
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.prefill import first_answers
from forms.submissions.receipts.issuing import draws_a_receipt
from forms.submissions.rules import is_worth_noting
from forms.submissions.steps import (
    at_hand,
    lock,
    next_row,
    note,
    require_form,
    require_owed,
    require_party,
    require_revision,
    require_window,
)
from forms.submissions.surroundings import Surroundings
from forms.submissions.writing import arrive, store, write
from portal.ops.compiled import Compiled

if TYPE_CHECKING:
    from portal.accounts.models import User


LOOKED_BACK = 20
"""Events of the history that are looked at to tell whether a saving goes on: more people never fill in one report."""


@dataclass(frozen=True)
class Sent:
    """The version a sending made; `repeated` when an earlier attempt with the same key had made it already."""

    version: SubmissionVersion
    repeated: bool


@transaction.atomic
def begin(*, user: "User", expected: ExpectedReport, now: datetime.datetime | None = None) -> Submission:
    """The report on what is expected; where nobody has begun it, made with what is known beforehand."""
    return begin_locked(user, lock(expected), now or timezone.now())


def begin_locked(user: "User", expected: ExpectedReport, now: datetime.datetime) -> Submission:
    """The same inside a step that has locked the expected report already."""
    submission = stored_or_new(user, expected, now)
    if submission._state.adding:
        store(submission, user, now)
    return submission


def stored_or_new(user: "User", expected: ExpectedReport, now: datetime.datetime) -> Submission:
    """The report as it is stored, else one that is not stored yet (`new_report`); the expected report is locked."""
    report = stored(expected)
    require_owed(expected)
    if report is None:
        return new_report(user, expected, now)
    require_party(user, expected, Party.UNIT)
    return report


def stored(expected: ExpectedReport) -> Submission | None:
    """The report on what is expected as it is stored now."""
    for report in STORED.rows(pk=expected.pk):
        return at_hand(report, expected)
    return None


STORED = Compiled(lambda pk: Submission.objects.order_by().filter(pk=pk), pk=int)


def new_report(user: "User", expected: ExpectedReport, now: datetime.datetime) -> Submission:
    """A report with what is known beforehand, to be stored by the step that begins it.

    Raises a ReportRefusedError where none may be begun: not allowed, not open yet, form not published or closed.
    """
    next_row(user, expected, None, Step.CREATE)
    if expected.window.status(now) == PeriodStatus.UPCOMING:
        raise WindowClosedError(_("This period is not open yet."))
    require_form(expected, now, beginning=True)
    version = expected.period.version or pin_version(period=expected.period).version
    if version is None:
        raise WindowClosedError(_("The form of this requirement has not been published yet."))
    around = Surroundings(user, expected, version.form_schema, now)
    return Submission(
        expected=expected,
        form_version=version,
        answers=first_answers(around),
        updated_by=user,
        updated_at=now,
        state=ReportState.DRAFT,
    )


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
    submission = begin_locked(user, lock(expected), now)
    if submission.revision != revision and submission.answers == answers:
        return submission
    require_revision(submission, revision)
    step = next_row(user, submission.expected, submission.report_state, Step.SAVE)
    require_form(submission.expected, now)
    write(submission, answers, step.target, user, now, seconds)
    submission.save()
    note_saving(submission, user, now)
    return submission


def note_saving(submission: Submission, user: "User", now: datetime.datetime) -> None:
    """Add the saving to the history, unless it goes on with one that stands there; part of the step's transaction."""
    latest = submission.events.values_list("step", "user_id", "at")[:LOOKED_BACK]
    history = ((Step(step), who, at) for step, who, at in latest)
    if is_worth_noting(history, user_id=user.pk, now=now):
        note(submission, Step.SAVE, user, now)


@draws_a_receipt
@transaction.atomic
def submit(
    *,
    user: "User",
    expected: ExpectedReport,
    answers: Mapping[str, Any],
    revision: int,
    key: UUID,
    seconds: int = 0,
    nil_note: str = "",
    now: datetime.datetime | None = None,
    just_read: bool = False,
) -> Sent:
    """Send a report whose answers have been validated; with a `nil_note` one that says there is nothing to report.

    The key is made by the page that was filled in. The same key a second time (double click, retried POST) gives the
    first result and changes nothing. For `just_read` see `steps.lock`. Raises a ReportRefusedError: stale, closed, not
    allowed, wrong state, key taken.
    """
    now = now or timezone.now()
    expected = lock(expected, just_read=just_read)
    require_party(user, expected, Party.UNIT)
    report = stored(expected)
    known = sent_with(key=key, expected=expected) if report is not None else None
    if known is not None:
        return Sent(known, repeated=True)
    require_owed(expected)
    submission = report or new_report(user, expected, now)
    require_revision(submission, revision)
    step = next_row(user, expected, submission.report_state, Step.SUBMIT)
    if expected.period.requirement.needs_sign_off:  # who may sign off may send at once; others hand in (`signing`)
        require_party(user, expected, Party.UNIT_REVIEWER)
    require_window(expected, step, now)
    require_form(expected, now)
    write(submission, answers, step.target, user, now, seconds, nil_note)
    submission.prepared_by = None
    version = arrive(submission, key, user, now)
    return Sent(version, repeated=False)


def sent_with(*, key: UUID, expected: ExpectedReport) -> SubmissionVersion | None:
    """What an earlier attempt with this key sent; KeyTakenError when it belongs to another report."""
    version = SubmissionVersion.objects.filter(key=key).first()
    if version is not None and version.submission_id != expected.pk:
        raise KeyTakenError
    return version
