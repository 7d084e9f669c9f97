"""Coming back from review: what is to be mended, until when, and what may be written now."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forms.builder.answers import Answers, is_table
from forms.builder.checking import place_of
from forms.builder.restricting import Restriction
from forms.builder.schema import FormSchema
from forms.builder.scope import MORE_ROWS, Scope, changed_outside, scope_of
from forms.collection.enums import ReportState
from forms.submissions.errors import LockedAnswersError, ReasonMissingError, ReportRefusedError
from forms.submissions.models import Submission, SubmissionEvent, SubmissionVersion
from forms.submissions.review.clock import paused
from forms.submissions.review.models import Mark, Return
from portal.calendars.services import work_calendar

if TYPE_CHECKING:
    from portal.accounts.models import User

WHOLE_FORM = ""
"""Path of a mark that opens everything."""

LONGEST_REASON = 500


def came_back(
    submission: Submission,
    event: SubmissionEvent,
    version: SubmissionVersion,
    *,
    reason: str,
    marks: Mapping[str, str] | None = None,
) -> Return:
    """Note that a version came back, and reckon until when it is to be sent again; within the step's transaction."""
    before = submission.returns.newest_first().first()
    due_at = submission.expected.window.due_at
    pause = paused(
        due_at=max(due_at, before.due_at) if before else due_at,
        sent_at=version.sent_at,
        returned_at=event.at,
        calendar=work_calendar(),
        zone=timezone.get_default_timezone(),
    )
    returned = Return.objects.create(
        submission=submission,
        version=version,
        event=event,
        at=event.at,
        reason=reason,
        due_before=pause.due_at,
        left=pause.left,
        given=pause.given,
        due_at=pause.due_again_at,
    )
    add_marks(returned, marks or {}, event.user, event.at)
    return returned


def add_marks(returned: Return, marks: Mapping[str, str], user: "User", now: datetime.datetime) -> list[Mark]:
    """Mark places of the returned version; those that are marked already stay as they are."""
    known = set(returned.marks.values_list("path", flat=True))
    fresh = [
        Mark(returned=returned, path=path, reason=reason, by=user, at=now)
        for path, reason in marks.items()
        if path not in known
    ]
    return list(Mark.objects.bulk_create(fresh))


def valid_marks(version: SubmissionVersion, marks: Mapping[str, str]) -> dict[str, str]:
    """The marks without blanks around their reasons.

    Raises ReasonMissingError for a mark without a reason, ReportRefusedError for a place that is not in the report.
    """
    schema, found = version.form_version.form_schema, {}
    for path, given in marks.items():
        reason = given.strip()
        if path != WHOLE_FORM and not is_place(schema, version.answers, path):
            raise ReportRefusedError(_("A marked place is not in this report. Please open the report again."))
        if path != WHOLE_FORM and not reason:
            raise ReasonMissingError(_("Say at each marked place what has to be changed."))
        found[path] = reason[:LONGEST_REASON]
    return found


def is_place(schema: FormSchema, answers: Answers, path: str) -> bool:
    """Whether the path names a question, a row or cell that is there, or the rows that a table may get."""
    key, *rest = path.split(".")
    one = schema.field(key)
    if one is None or not rest:
        return one is not None
    if rest == [MORE_ROWS]:
        return bool(one.columns)
    rows: Any = answers.get(key)
    if len(rest) > 2 or not is_table(rows) or not (rest[0].isdecimal() and rest[0].isascii() and len(rest[0]) < 5):
        return False
    return int(rest[0]) < len(rows) and (len(rest) == 1 or rest[1] in {column.key for column in one.columns})


def place_in_words(schema: FormSchema, path: str) -> str:
    """The place of a mark as the unit reads it."""
    key, *rest = path.split(".")
    one = schema.field(key)
    if one is not None and rest == [MORE_ROWS]:
        return _("%(table)s, further rows") % {"table": one.label}
    if one is not None and len(rest) == 1:
        return _("%(table)s, row %(row)d") % {"table": one.label, "row": int(rest[0]) + 1}
    return place_of(schema, path)


def marks_in_words(version: SubmissionVersion, marks: Mapping[str, str]) -> str:
    """All marks, one a line, for wherever a reason is shown as text."""
    schema = version.form_version.form_schema
    words = ({"place": place_in_words(schema, path), "reason": reason} for path, reason in marks.items() if path)
    return "\n".join(_("%(place)s: %(reason)s") % one for one in words)


def current_return(submission: Submission) -> Return | None:
    """The return because of which the report lies with its unit; None where it does not, or was not returned."""
    back = {ReportState.RETURNED, ReportState.SIGN_OFF}
    if submission.report_state not in back or submission.first_sent_at is None:
        return None
    found: Return | None = (
        submission.returns.newest_first().select_related("version__form_version").prefetch_related("marks__by").first()
    )
    return found


def restriction_of(submission: Submission) -> Restriction:
    """Which questions of the report may be written now, with what the reviewer says of them.

    Everything, unless it came back with marks. Where the form has been changed since, everything too: what is asked
    now is not what was marked.
    """
    returned = current_return(submission)
    marks = {mark.path: mark.reason for mark in returned.marks.all()} if returned else {}
    if returned is None or not marks:
        return Restriction()
    schema = submission.form_version.form_schema
    if returned.version.form_version_id != submission.form_version_id:
        return Restriction()
    return Restriction(
        scope_of(schema, marks, returned.version.answers), {path: reason for path, reason in marks.items() if path}
    )


def writable_now(submission: Submission) -> Scope:
    """The scope alone."""
    return restriction_of(submission).scope


def require_writable(submission: Submission, answers: Mapping[str, object], nil_note: str = "") -> None:
    """Raise LockedAnswersError where answers differ from the stored ones though they are not to be mended.

    Every step that writes answers comes through here (`writing.write`), whichever way they came.
    """
    scope = writable_now(submission)
    if scope.is_everything:
        return
    schema = submission.form_version.form_schema
    changed = changed_outside(schema, scope, submission.answers, dict(answers))
    if nil_note or changed:
        raise LockedAnswersError([place_in_words(schema, path) for path in changed])
