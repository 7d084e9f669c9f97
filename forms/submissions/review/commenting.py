"""Comments: the two sides of a report talk about it, beside every step and without taking one."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.submissions.errors import NotAllowedError, ReasonMissingError, ReportRefusedError, WrongStateError
from forms.submissions.models import Submission
from forms.submissions.permissions import may_review, may_write
from forms.submissions.review.models import Comment
from forms.submissions.review.returning import is_place
from forms.submissions.signals import commented
from forms.submissions.steps import lock

if TYPE_CHECKING:
    from portal.accounts.models import User

LONGEST = 2000
SAME_WITHIN = datetime.timedelta(minutes=1)
"""The same words by the same person in this time are a second click."""


@dataclass
class Thread:
    """A comment with what was said to it, in order."""

    first: Comment
    replies: list[Comment] = field(default_factory=list)
    place: str = ""
    """Where it stands, in words; empty for the report as a whole."""

    @property
    def all(self) -> list[Comment]:
        """Everything that was said."""
        return [self.first, *self.replies]

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it, or somebody opened it again."""
        said = [one.settles for one in self.all if one.settles is not None]
        return not said or not said[-1]


def threads_of(comments: Iterable[Comment]) -> list[Thread]:
    """The threads of comments in order; open ones first."""
    found: dict[int, Thread] = {}
    for one in comments:
        if one.thread_id is None:
            found[one.pk] = Thread(one)
        elif one.thread_id in found:
            found[one.thread_id].replies.append(one)
    return sorted(found.values(), key=lambda thread: not thread.is_open)


def may_comment(user: "User", report: Submission) -> bool:
    """Whether the person writes for either side of a report that has been sent."""
    if report.first_sent_at is None:
        return False
    return may_write(user, report.expected) or may_review(user, report.expected)


@transaction.atomic
def comment(
    *,
    user: "User",
    submission: Submission,
    text: str,
    path: str = "",
    thread: Comment | None = None,
    settles: bool | None = None,
    now: datetime.datetime | None = None,
) -> Comment:
    """Say something about a report or one of its answers, or to what was said (`thread`); settle it, or open it again.

    The other side is told. Raises NotAllowedError, WrongStateError where nothing has been sent, ReasonMissingError
    without words, ReportRefusedError for a place that is not in the report.
    """
    now, text = now or timezone.now(), text.strip()
    expected = lock(submission.expected)
    submission = Submission.objects.get(pk=expected.pk)
    submission.expected = expected
    if not (may_write(user, expected) or may_review(user, expected)):
        raise NotAllowedError(_("This step is not for you to take."))
    if submission.first_sent_at is None:
        raise WrongStateError(_("Comments are possible once the report has been sent."))
    if thread is not None:
        thread = Comment.objects.get(pk=thread.pk)
        if thread.submission_id != submission.pk or thread.thread_id is not None:
            raise ReportRefusedError(_("This comment belongs to another report."))
        path = thread.path
    if not text and (settles is None or thread is None):
        raise ReasonMissingError(_("Please write something."))
    if thread is None and path:
        version = submission.versions.select_related("form_version").first()
        if version is None or not is_place(version.form_version.form_schema, version.answers, path):
            raise ReportRefusedError(_("This place is not in the report. Please open the report again."))
    said = {"thread": thread, "path": path, "text": text[:LONGEST], "settles": settles}
    last = submission.comments.order_by("-at", "-pk").first()
    is_recent = last is not None and last.by_id == user.pk and now - last.at < SAME_WITHIN
    if last is not None and is_recent and all(getattr(last, name) == value for name, value in said.items()):
        return last
    found = Comment.objects.create(submission=submission, by=user, at=now, **said)
    commented.send(sender=Comment, comment=found)
    return found
