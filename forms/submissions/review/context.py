"""What the page of a report shows for review."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict

from forms.collection.visibility import oversees
from forms.submissions.permissions import may_review
from forms.submissions.reading import Reading
from forms.submissions.review.beside import sheet_for
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
    if version is None or reading.nil_note or not (reading.is_own or _sees_versions(user, reading)):
        return {}
    wanted = request.GET.get("show", "")
    version.submission = reading.report
    partial = wanted == "changes" or (wanted != "all" and reading.may_review and reading.shows_latest)
    sheet = sheet_for(user=user, version=version, only_differences=partial, typed=typed_marks(request.POST))
    return {"sheet": sheet}


def may_widen(user: "User", reading: Reading, back: Mapping[str, Any]) -> str:
    """The word "widen" where the person may open more of a returned report, else nothing."""
    allowed = back.get("is_targeted") and reading.shows_latest and may_review(user, reading.report.expected)
    return "widen" if allowed else ""


def _sees_versions(user: "User", reading: Reading) -> bool:
    """Whether the person sees what was sent, not only what was accepted (see `visibility`)."""
    return may_review(user, reading.report.expected) or oversees(access_for(user))
