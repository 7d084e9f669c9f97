"""What review does when a report moves."""

from typing import Any

from django.dispatch import receiver

from forms.submissions.enums import Step
from forms.submissions.models import Submission
from forms.submissions.review.tasks import examine
from forms.submissions.signals import report_moved


@receiver(report_moved, dispatch_uid="review.examine")
def look_through(submission: Submission, step: Step, **kwargs: Any) -> None:
    """Have what arrives examined; queued in the transaction of the step, so that none is forgotten."""
    if step == Step.SUBMIT:
        newest = submission.versions.values_list("pk", flat=True).first()
        assert newest is not None  # noqa: S101 - it has just been sent
        examine.enqueue(newest)
