"""Decisions of the collecting unit on what was sent."""

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.submissions.enums import Party, Step
from forms.submissions.errors import ReasonMissingError, StaleRevisionError
from forms.submissions.models import Submission
from forms.submissions.signals import report_moved
from forms.submissions.steps import lock, next_row, note, require_party
from portal.audit.enums import AuditAction
from portal.audit.services import record

if TYPE_CHECKING:
    from portal.accounts.models import User


def return_report(
    *, user: "User", submission: Submission, version: int, reason: str, now: datetime.datetime | None = None
) -> Submission:
    """Send a report back to its unit, with the reason."""
    return _review(user, submission, Step.RETURN, version, reason.strip(), now or timezone.now())


def accept(*, user: "User", submission: Submission, version: int, now: datetime.datetime | None = None) -> Submission:
    """Accept a report: from now on it counts, and is found."""
    return _review(user, submission, Step.ACCEPT, version, "", now or timezone.now())


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
