"""What a sent version is read beside: the version before it, the last accepted report, the marks, comments and flags.

A constant number of queries, however long the report is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from forms.builder.logic.outcome import LogicContext
from forms.builder.logic.state import state_of
from forms.builder.schema import FormSchema
from forms.builder.versions.widening import carried
from forms.submissions.models import Submission, SubmissionVersion
from forms.submissions.review.flags import Flag, FlagKind
from forms.submissions.review.models import Examination, Mark, Return
from forms.submissions.review.returning import WHOLE_FORM, place_in_words
from forms.submissions.review.sheet import Compared, Item, Notes, differences, sheet_of
from forms.submissions.review.wording import flag_in_words

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class Flagged:
    """A flag in words, with its place in words and its path."""

    path: str
    place: str
    words: str


@dataclass(frozen=True)
class Sheet:
    """A version with what stands beside it."""

    items: list[Item]
    previous: SubmissionVersion | None
    last: Submission | None
    """The unit's last accepted report to the same requirement, of an earlier period."""
    returned: Return | None
    """The return that the version answers."""
    is_partial: bool
    """Whether only the differences are among the items."""
    flagged: list[Flagged]
    """What is worth a second look, for reviewers."""

    @property
    def changed(self) -> int:
        """How many questions differ from the previous version."""
        return sum(item.is_changed for item in self.items)


def sheet_for(
    *,
    user: "User",
    version: SubmissionVersion,
    only_differences: bool,
    typed: Mapping[str, str] | None = None,
    comments: Mapping[str, int] | None = None,
) -> Sheet:
    """The version laid out; `typed` are marks that have been typed and not stored, `comments` open threads by place."""
    report, schema = version.submission, version.form_version.form_schema
    previous = previous_of(version)
    last = last_accepted_report(report)
    returned = previous and Return.objects.filter(version=previous).newest_first().prefetch_related("marks").first()
    compared = Compared(
        version.answers,
        _as_answers_to(schema, previous) if previous else None,
        _as_answers_to(schema, last.accepted_version) if last and last.accepted_version else None,
    )
    flagged = flagged_for(user, version)
    at_place: dict[str, tuple[str, ...]] = {}
    for one in flagged:
        at_place[one.path] = (*at_place.get(one.path, ()), one.words)
    for mark in Mark.objects.filter(returned__version=version).exclude(path=WHOLE_FORM):
        words = _("To be mended: %(reason)s") % {"reason": mark.reason}
        at_place[mark.path] = (*at_place.get(mark.path, ()), words)
    notes = Notes(
        marked={mark.path: mark.reason for mark in returned.marks.all()} if returned else {},
        flags=at_place,
        comments=comments or {},
        typed=typed or {},
    )
    day = timezone.localdate(version.sent_at)
    hidden = state_of(schema, version.answers, LogicContext(today=day, unit=report.expected.unit_id)).hidden
    items = sheet_of(schema, compared, notes, hidden)
    is_partial = only_differences and previous is not None
    shown = differences(items) if is_partial else items
    return Sheet(shown, previous, last, returned or None, is_partial, flagged)


def flagged_for(user: "User", version: SubmissionVersion) -> list[Flagged]:
    """The version's flags in words, as far as the person may see them."""
    examined = Examination.objects.visible_to(user).filter(version=version).first()
    schema = version.form_version.form_schema
    flags = [Flag(**{**one, "kind": FlagKind(one["kind"])}) for one in (examined.flags if examined else ())]
    return [Flagged(one.path, place_in_words(schema, one.path), flag_in_words(one)) for one in flags]


def previous_of(version: SubmissionVersion) -> SubmissionVersion | None:
    """The version that was sent before; a nil report asks nothing that could be compared."""
    if version.number == 1:
        return None
    found: SubmissionVersion | None = (
        SubmissionVersion.objects.filter(submission_id=version.submission_id, number__lt=version.number, nil_note="")
        .select_related("form_version", "sent_by")
        .first()
    )
    return found


def last_accepted_report(report: Submission) -> Submission | None:
    """The unit's last accepted report to the same requirement, of an earlier period."""
    period = report.expected.period
    return (
        Submission.objects.filter(
            expected__unit_id=report.expected.unit_id,
            expected__period__requirement_id=period.requirement_id,
            expected__period__due_at__lt=period.due_at,
            accepted_version__isnull=False,
            accepted_version__nil_note="",
        )
        .select_related("expected__period", "accepted_version__form_version")
        .order_by("-expected__period__due_at")
        .first()
    )


def _as_answers_to(schema: FormSchema, version: SubmissionVersion) -> dict[str, object]:
    """The version's answers to the questions of another version of the form."""
    return carried(version.answers, version.form_version.form_schema, schema)
