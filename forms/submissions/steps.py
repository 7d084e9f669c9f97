"""What every step on a report begins and ends with: the lock, the questions, the note in the history."""

import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from forms.builder.lifecycle.services import refusal_to_begin, refusal_to_go_on
from forms.collection.enums import PeriodStatus, ReportState, RequirementState
from forms.collection.models import ExpectedReport
from forms.submissions.enums import Party, Step
from forms.submissions.errors import NotAllowedError, StaleRevisionError, WindowClosedError, WrongStateError
from forms.submissions.models import Submission, SubmissionEvent, SubmissionVersion
from forms.submissions.permissions import belongs_to
from forms.submissions.rules import TRANSITIONS, Transition, taken_now, transition
from portal.ops.compiled import Compiled
from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from portal.accounts.models import User


REVIEWERS_STEPS = frozenset(row.step for row in TRANSITIONS if row.party == Party.REVIEWER)


def lock(expected: ExpectedReport, *, just_read: bool = False) -> ExpectedReport:
    """The expected report with what belongs to it, locked until the transaction ends.

    What was `just_read`, in the same request, with its period, requirement, form and unit, is brought up to date alone.
    Raises WrongStateError where it has been taken back meanwhile, as its unit does not owe it any more.
    """
    if just_read:
        for stored in LOCKED.rows(pk=expected.pk):
            for name, value in zip(STORED, stored, strict=True):
                setattr(expected, name, value)
            return expected
    else:
        locked = ExpectedReport.objects.order_by().select_for_update(of=("self",)).filter(pk=expected.pk)
        for found in locked.with_form().select_related("period__version"):
            return found
    raise WrongStateError(_("The report has moved on meanwhile; this step is not possible any more."))


STORED = tuple(field.attname for field in ExpectedReport._meta.concrete_fields)
LOCKED = Compiled(
    lambda pk: ExpectedReport.objects.order_by().select_for_update().filter(pk=pk).values_list(*STORED), pk=int
)


def at_hand(report: Submission, expected: ExpectedReport) -> Submission:
    """The report on what is expected, with the form version that was read with its period, where it is the same."""
    report.expected = expected
    if report.form_version_id == expected.period.version_id and expected.period.version is not None:
        report.form_version = expected.period.version
    return report


def require_party(user: "User", expected: ExpectedReport, party: Party) -> None:
    """Raise NotAllowedError unless the person is on that side."""
    if not belongs_to(user, expected, party):
        raise NotAllowedError(_("This step is not for you to take."))


def next_row(user: "User", expected: ExpectedReport, origin: ReportState | None, step: Step) -> Transition:
    """The row of the state machine; raises WrongStateError (no row) or NotAllowedError (not this person's)."""
    row = transition(origin, step)
    if row is None:
        raise WrongStateError(_("The report has moved on meanwhile; this step is not possible any more."))
    require_party(user, expected, row.party)
    return row


def require_revision(submission: Submission, revision: int) -> None:
    """Raise StaleRevisionError when somebody else saved since the page was opened."""
    if submission.revision != revision:
        raise StaleRevisionError


def require_window(expected: ExpectedReport, step: Transition, now: datetime.datetime) -> None:
    """Raise WindowClosedError when reports are not taken at this instant."""
    if expected.period.requirement.state != RequirementState.OPEN:
        raise WindowClosedError(_("This requirement has ended; reports are not taken any more."))
    status = expected.window.status(now)
    if status == PeriodStatus.UPCOMING:
        raise WindowClosedError(_("This period is not open yet."))
    if step.keeps_to_window and not taken_now(status):
        raise WindowClosedError(
            _("This period has closed; reports are not taken any more. Please contact %(owner)s.")
            % {"owner": expected.period.requirement.owner}
        )


def require_owed(expected: ExpectedReport) -> None:
    """Raise WindowClosedError when the unit has been freed from the report."""
    if expected.is_waived:
        reason = expected.waive_reason
        raise WindowClosedError(_("Your unit need not send this report any more: %(reason)s") % {"reason": reason})


def require_form(expected: ExpectedReport, now: datetime.datetime, *, beginning: bool = False) -> None:
    """Raise WindowClosedError when the form itself takes nothing (more), or nothing from this unit."""
    form = expected.period.requirement.form
    refusal = refusal_to_begin(form, expected.unit, now) if beginning else refusal_to_go_on(form, now)
    if refusal:
        raise WindowClosedError(refusal)


def note(
    submission: Submission,
    step: Step,
    user: "User",
    now: datetime.datetime,
    *,
    reason: str = "",
    version: SubmissionVersion | None = None,
    keep: bool = True,
) -> SubmissionEvent:
    """Add an event to the history; where it is not to be kept yet, the caller stores it.

    Whoever waited for the lock looked at the clock before others took their steps: an event is never noted at an
    earlier instant than the one before it, so that their order by time is the order in which the steps were taken.
    """
    before = submission.noted_at or (None if step == Step.CREATE else _newest_at(submission))
    submission.noted_at = max(now, before) if before else now
    noted = SubmissionEvent(
        submission=submission,
        step=step,
        user=user,
        for_whom_id=_absent(submission, step, user),
        at=submission.noted_at,
        reason=reason,
        version=version,
    )
    if keep:
        noted.save(force_insert=True)
    return noted


def is_repeated(submission: Submission, step: Step, user: "User", *, version: SubmissionVersion | None = None) -> bool:
    """Whether the last thing that happened to the report is this very step, by this person and on this version.

    So it is after a second click, and where a request is made once more because its answer was lost on the way.
    """
    last = submission.events.first()
    number = version.pk if version is not None else None
    return last is not None and (last.step, last.user_id, last.version_id) == (step, user.pk, number)


def _newest_at(submission: Submission) -> datetime.datetime | None:
    found: datetime.datetime | None = submission.events.values_list("at", flat=True).first()
    return found


def _absent(submission: Submission, step: Step, user: "User") -> int | None:
    """Number of the person in whose stead the step was taken; None where it was the person's own to take."""
    access, expected = access_for(user), submission.expected
    if step in REVIEWERS_STEPS:
        return access.standing_in.get((Role.COORDINATOR, expected.period.requirement.owner_id))
    signed = step == Step.SUBMIT and submission.prepared_by_id not in (None, user.pk)
    if signed or step == Step.SEND_BACK:
        return access.standing_in.get((Role.UNIT_REVIEWER, expected.unit_id))
    places = [(role, expected.unit_id) for role in (Role.REPORTER, Role.UNIT_REVIEWER)]
    held = [place for place in places if expected.unit_id in access.unit_ids(place[0])]
    absent = [access.standing_in[place] for place in held if place in access.standing_in]
    return absent[0] if absent and len(absent) == len(held) else None
