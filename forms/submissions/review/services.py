"""Decisions of the collecting unit on what was sent."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.submissions.enums import Party, Step
from forms.submissions.errors import NotAllowedError, ReasonMissingError, StaleRevisionError, WrongStateError
from forms.submissions.models import Submission
from forms.submissions.permissions import may_review
from forms.submissions.review.models import Return
from forms.submissions.review.returning import (
    WHOLE_FORM,
    add_marks,
    came_back,
    current_return,
    marks_in_words,
    valid_marks,
)
from forms.submissions.signals import report_moved, return_widened
from forms.submissions.steps import is_repeated, lock, next_row, note, require_party
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from portal.accounts.models import User


def return_report(
    *,
    user: "User",
    submission: Submission,
    version: int,
    reason: str = "",
    marks: Mapping[str, str] | None = None,
    now: datetime.datetime | None = None,
) -> Submission:
    """Send a report back to its unit, with a reason, with marked places (reasons by path), or with both.

    With marks only those places can be mended, and what depends on them; without marks everything.
    """
    return _review(user, submission, Step.RETURN, version, reason.strip(), now or timezone.now(), marks or {})


def accept(*, user: "User", submission: Submission, version: int, now: datetime.datetime | None = None) -> Submission:
    """Accept a report: from now on it counts, and is found."""
    return _review(user, submission, Step.ACCEPT, version, "", now or timezone.now(), {})


@transaction.atomic
def widen(
    *,
    user: "User",
    submission: Submission,
    marks: Mapping[str, str],
    everything: bool = False,
    now: datetime.datetime | None = None,
) -> Return:
    """Open more of a returned report to its unit: further places (reasons by path), or everything."""
    now = now or timezone.now()
    expected = lock(submission.expected)
    if not may_review(user, expected):
        raise NotAllowedError(_("This step is not for you to take."))
    submission = Submission.objects.select_related("form_version").get(pk=expected.pk)
    submission.expected = expected
    returned = current_return(submission)
    if returned is None or not returned.marks.all():
        raise WrongStateError(_("The report has moved on meanwhile; this step is not possible any more."))
    wanted = valid_marks(returned.version, marks) | ({WHOLE_FORM: ""} if everything else {})
    if not wanted:
        raise ReasonMissingError(_("Mark what else is to be mended."))
    added = add_marks(returned, wanted, user, now)
    if added:
        details = {"version": returned.version.number, "places": len(added), "everything": everything}
        record(
            action=AuditAction.CHANGE, user=user, target=submission, summary="report.return_widened", details=details
        )
        return_widened.send(sender=Return, submission=submission, marks=added)
    return returned


_AUDITED = {Step.ACCEPT: AuditAction.ACCEPT, Step.RETURN: AuditAction.RETURN}


@transaction.atomic
def _review(
    user: "User",
    submission: Submission,
    step: Step,
    number: int,
    reason: str,
    now: datetime.datetime,
    marks: Mapping[str, str],
) -> Submission:
    expected = lock(submission.expected)
    submission = Submission.objects.select_related("form_version").get(pk=expected.pk)
    submission.expected = expected
    require_party(user, expected, Party.REVIEWER)
    version = submission.versions.select_related("form_version").first()
    if version is None or version.number != number:
        raise StaleRevisionError
    if is_repeated(submission, step, user, version=version):
        return submission
    row = next_row(user, expected, submission.report_state, step)
    marks = valid_marks(version, marks)
    if row.needs_reason and not reason and not marks:
        raise ReasonMissingError(_("Say what has to be changed, so that the unit can mend it."))
    submission.state = row.target
    submission.reason = reason or marks_in_words(version, marks)
    submission.revision += 1
    submission.accepted_version = version if step == Step.ACCEPT else None
    submission.save()
    event = note(submission, step, user, now, reason=submission.reason, version=version)
    if step == Step.RETURN:
        came_back(submission, event, version, reason=reason, marks=marks)
    record(action=_AUDITED[step], user=user, target=submission, details={"version": version.number})
    report_moved.send(sender=Submission, submission=submission, step=step)
    return submission
