"""Nil reports (无事项报送): a unit says that there is nothing to report, in place of filling the form in."""

import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.submissions.errors import ReasonMissingError, WrongStateError
from forms.submissions.models import Submission
from forms.submissions.services import begin, submit
from forms.submissions.signing import hand_in, needs_sign_off

if TYPE_CHECKING:
    from portal.accounts.models import User


@transaction.atomic
def report_nothing(
    *,
    user: "User",
    expected: ExpectedReport,
    note: str,
    revision: int,
    key: UUID,
    now: datetime.datetime | None = None,
) -> Submission:
    """Send a nil report, or hand it to the unit's reviewer; it counts as a report like any other.

    A draft that somebody has begun stays as it is and is there again if the report comes back. Raises a
    ReportRefusedError: where the requirement takes no nil reports, without a note, and for every reason that a report
    is refused for.
    """
    now = now or timezone.now()
    if not expected.period.requirement.allows_nil:
        raise WrongStateError(_("This requirement takes no nil reports; please fill the form in."))
    if not note.strip():
        raise ReasonMissingError(_("Please say in a few words why there is nothing to report."))
    report = begin(user=user, expected=expected, now=now)
    given: dict[str, Any] = {
        "user": user,
        "expected": expected,
        "answers": report.answers,
        "revision": revision,
        "key": key,
        "nil_note": note.strip(),
        "now": now,
    }
    if needs_sign_off(user, report.expected) or report.report_state == ReportState.SIGN_OFF:
        return hand_in(**given)
    return submit(**given).version.submission
