"""The expected report whose page is open, with all that belongs to it; asked by every opening and every sending."""

from typing import TYPE_CHECKING

from django.http import Http404

from forms.collection.models import ExpectedReport
from forms.submissions.moving import moved_since_saved
from portal.units.compiled import CompiledForAccess, Person

if TYPE_CHECKING:
    from forms.collection.querysets import ExpectedReportQuerySet
    from portal.accounts.models import User


def _one(person: Person, pk: int) -> "ExpectedReportQuerySet":
    seen = ExpectedReport.objects.order_by().visible_to(person)
    return seen.filter(pk=pk).select_related("period__version", "submission")


TO_BE_WRITTEN = CompiledForAccess(lambda person, pk: _one(person, pk).with_form(), pk=int)
TO_BE_SHOWN = CompiledForAccess(
    lambda person, pk: _one(person, pk).with_names().annotate(is_moved=moved_since_saved()), pk=int
)
"""Also with what the page says about it."""


def expected_or_404(user: "User", pk: int, *, shown: bool) -> ExpectedReport:
    """The expected report, if the person sees it; for the page, or for a step."""
    for expected in (TO_BE_SHOWN if shown else TO_BE_WRITTEN).rows(user, pk=pk):
        return expected
    raise Http404
