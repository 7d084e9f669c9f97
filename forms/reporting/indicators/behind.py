"""The accepted reports behind an indicator, one page at a time."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet
from django.urls import reverse

from forms.reporting.indicators.extraction import accepted_versions
from forms.reporting.indicators.rules import Figure, Tally
from forms.reporting.indicators.services import Result, Schemas, Work, over
from forms.reporting.indicators.wording import made_of, value_in_words
from forms.reporting.matrix.services import Choice
from forms.submissions.models import SubmissionVersion

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class BehindRow:
    """One report and what it contributes."""

    unit: str
    requirement: str
    period: str
    value: str
    url: str
    is_nil: bool


class Behind:
    """The sent versions, for a paginator to cut; rows are worked out for one page only."""

    def __init__(self, versions: QuerySet[SubmissionVersion], found: Result) -> None:
        self.versions, self.found = versions, found

    def rows(self, versions: Sequence[SubmissionVersion]) -> list[BehindRow]:
        """These reports as lines of the table."""
        work = Work(self.found.indicator, Schemas([self.found.indicator.form_id]))
        return [self._row(work, one) for one in versions]

    def _row(self, work: Work, version: SubmissionVersion) -> BehindRow:
        expected = version.submission.expected
        tally = Tally()
        is_nil = bool(version.nil_note)
        answers = {} if is_nil else version.answers
        tally.add(work.measured(version.form_version_id, answers), is_nil=is_nil)
        figure: Figure = tally.figure(work.aggregation)
        has_parts = figure.number > 1 and figure.value is not None
        value = value_in_words(self.found, figure) if figure.answered else "—"
        return BehindRow(
            str(expected.unit),
            str(expected.period.requirement),
            str(expected.period),
            f"{value}（{made_of(self.found, figure)}）" if has_parts else value,
            f"{reverse('submissions:detail', args=[expected.pk])}?version={version.number}",
            is_nil,
        )


def reports_behind(
    found: Result,
    *,
    user: "User",
    choice: Choice,
    as_of: datetime.datetime | None = None,
    period_id: int | None = None,
) -> Behind:
    """Accepted reports that the indicator counts, newest periods first, units in the order of the tree."""
    way = "submission__expected__"
    versions = accepted_versions(user=user, choice=choice, as_of=as_of).filter(over(found.indicator))
    if period_id is not None:
        versions = versions.filter(**{f"{way}period_id": period_id})
    ordered = versions.order_by(F(f"{way}period__due_at").desc(), f"{way}unit__path", "pk")
    return Behind(ordered.select_related(f"{way}unit", f"{way}period__requirement"), found)
