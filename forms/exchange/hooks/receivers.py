"""From what moves to what web hooks say, in the transaction of the step."""

from typing import Any

from django.dispatch import receiver

from forms.collection.models import ExpectedReport
from forms.collection.signals import report_waived
from forms.exchange.hooks.enums import HookEvent
from forms.exchange.hooks.services import tell
from forms.submissions.enums import Step
from forms.submissions.models import Submission
from forms.submissions.signals import report_binned, report_moved, report_restored

EVENTS = {
    Step.SUBMIT: HookEvent.SUBMITTED,
    Step.WITHDRAW: HookEvent.WITHDRAWN,
    Step.RETURN: HookEvent.RETURNED,
    Step.ACCEPT: HookEvent.ACCEPTED,
    Step.REOPEN: HookEvent.REOPENED,
}
"""Steps that others hear of; the rest stays inside the unit."""


@receiver(report_moved, dispatch_uid="hooks.moved")
def moved(submission: Submission, step: Step, **kwargs: Any) -> None:
    """A report was sent, withdrawn, returned, accepted or reopened."""
    if step in EVENTS:
        tell(event=EVENTS[step], expected=submission.expected, submission=submission)


@receiver(report_waived, dispatch_uid="hooks.waived")
def waived(expected: ExpectedReport, **kwargs: Any) -> None:
    """A unit was freed from a report, or is asked for it again."""
    event = HookEvent.WAIVED if expected.is_waived else HookEvent.ASKED_AGAIN
    tell(event=event, expected=expected, submission=None)


@receiver(report_binned, dispatch_uid="hooks.binned")
def binned(submission: Submission, **kwargs: Any) -> None:
    """A report was put in the bin: it counts no more, and its unit owes it again."""
    tell(event=HookEvent.BINNED, expected=submission.expected, submission=submission)


@receiver(report_restored, dispatch_uid="hooks.restored")
def restored(submission: Submission, **kwargs: Any) -> None:
    """A report came back from the bin as it was."""
    tell(event=HookEvent.RESTORED, expected=submission.expected, submission=submission)
