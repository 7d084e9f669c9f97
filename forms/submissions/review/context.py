"""What the page of a report shows for review."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict

from forms.collection.visibility import oversees
from forms.submissions.permissions import may_review
from forms.submissions.reading import Reading
from forms.submissions.review.beside import sheet_for
from forms.submissions.review.commenting import may_comment, threads_of
from forms.submissions.review.models import LONGEST_PATH, Comment
from forms.submissions.review.returning import place_in_words
from portal.units.access import access_for

if TYPE_CHECKING:
    from portal.accounts.models import User

MARK = "mark."
"""What the names of inputs for marks begin with; the place follows."""

MOST_MARKS = 500


def typed_marks(data: QueryDict) -> dict[str, str]:
    """Reasons by place, as far as something was typed."""
    found = {name.removeprefix(MARK): str(data.get(name) or "").strip() for name in data if name.startswith(MARK)}
    return dict([(path, reason) for path, reason in found.items() if reason and path][:MOST_MARKS])


def sheet_context(request: HttpRequest, user: "User", reading: Reading) -> dict[str, Any]:
    """The version laid out, for those who may read all versions; nothing for others, for drafts and nil reports.

    A reviewer sees only the differences of what was sent again, and everything on demand.
    """
    version = reading.version
    sees_versions = reading.is_own or _sees_versions(user, reading)
    talk = _comments(request, user, reading) if sees_versions and reading.report.first_sent_at else {}
    if version is None or reading.nil_note or not sees_versions:
        return talk
    wanted = request.GET.get("show", "")
    version.submission = reading.report
    partial = wanted == "changes" or (wanted != "all" and reading.may_review and reading.shows_latest)
    open_threads = Counter(thread.first.path for thread in talk.get("threads", ()) if thread.is_open)
    sheet = sheet_for(
        user=user,
        version=version,
        only_differences=partial,
        typed=typed_marks(request.POST),
        comments=open_threads,
    )
    return {"sheet": sheet, **talk}


def _comments(request: HttpRequest, user: "User", reading: Reading) -> dict[str, Any]:
    """What was said about the report, and the place about which something is to be said."""
    report, latest = reading.report, reading.latest
    comments = Comment.objects.visible_to(user).filter(submission=report).select_related("by")
    threads = threads_of(comments)
    schema = (latest or report).form_version.form_schema
    for thread in threads:
        thread.place = place_in_words(schema, thread.first.path) if thread.first.path else ""
    wanted = request.GET.get("comment", "")[:LONGEST_PATH]
    return {
        "threads": threads,
        "open_threads": sum(thread.is_open for thread in threads),
        "may_comment": may_comment(user, report),
        "comment_path": wanted,
        "comment_place": place_in_words(schema, wanted) if wanted and schema.field(wanted.partition(".")[0]) else "",
    }


def may_widen(user: "User", reading: Reading, back: Mapping[str, Any]) -> str:
    """The word "widen" where the person may open more of a returned report, else nothing."""
    allowed = back.get("is_targeted") and reading.shows_latest and may_review(user, reading.report.expected)
    return "widen" if allowed else ""


def _sees_versions(user: "User", reading: Reading) -> bool:
    """Whether the person sees what was sent, not only what was accepted (see `visibility`)."""
    return may_review(user, reading.report.expected) or oversees(access_for(user))
