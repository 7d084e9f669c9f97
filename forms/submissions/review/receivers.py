"""What review does when a report moves, and whom it tells when something is said about one."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.submissions.enums import Step
from forms.submissions.models import SubmissionVersion
from forms.submissions.permissions import may_review
from forms.submissions.review.models import Comment
from forms.submissions.review.tasks import examine
from forms.submissions.signals import commented, report_moved
from portal.accounts.models import User
from portal.notifications.enums import Kind
from portal.notifications.services import Words, notify
from portal.units.enums import REPORTING_ROLES, Role
from portal.units.models import Membership


@receiver(report_moved, dispatch_uid="review.examine")
def look_through(step: Step, version: SubmissionVersion | None = None, **kwargs: Any) -> None:
    """Have what arrives examined; queued in the transaction of the step, so that none is forgotten."""
    if step == Step.SUBMIT:
        assert version is not None  # noqa: S101 - it has just been sent
        examine.enqueue(version.pk)


@receiver(commented, dispatch_uid="review.comment_notices")
def tell_the_other_side(comment: Comment, **kwargs: Any) -> None:
    """A coordinator's words go to those who report for the unit, the unit's to the coordinators who collect."""
    expected = comment.submission.expected
    serving = Membership.objects.active(timezone.localdate(comment.at))
    if may_review(comment.by, expected):
        others = serving.filter(unit_id=expected.unit_id, role__in=REPORTING_ROLES)
    else:
        others = serving.filter(unit_id=expected.period.requirement.owner_id, role=Role.COORDINATOR)
    people = User.objects.filter(pk__in=others.order_by().values("user_id")).exclude(pk=comment.by_id)
    for person in people.order_by("pk"):
        notify(
            recipient=person,
            kind=Kind.REPORT_COMMENT,
            key=f"report:{comment.submission_id}:comment:{comment.pk}",
            words=lambda: _comment_words(comment),
            address=f"{reverse('submissions:detail', args=[comment.submission_id])}#comments",
            now=comment.at,
        )


def _comment_words(comment: Comment) -> Words:
    period = comment.submission.expected.period
    names = {"requirement": period.requirement.title, "period": period.name}
    title = _("Comment: %(requirement)s, %(period)s") % names
    settled = [_("The thread has been settled.")] if comment.settles else []
    said = _("%(person)s, about the report of %(unit)s: %(text)s") % {
        "person": comment.by,
        "unit": comment.submission.expected.unit,
        "text": comment.text,
    }
    return Words(title, "\n".join([*([said] if comment.text else []), *settled]))
