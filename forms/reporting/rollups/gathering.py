"""What a roll-up is made from: the accepted reports of a period, and how far its units are."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property

from forms.collection.models import ReportingPeriod
from forms.reporting.indicators.extraction import accepted_versions
from forms.reporting.indicators.services import Schemas
from forms.reporting.matrix.enums import CellKind
from forms.reporting.matrix.rules import Verdict
from forms.reporting.matrix.services import Choice, Matrix, matrix
from forms.submissions.models import Submission, SubmissionVersion
from portal.units.models import Unit

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class Report:
    """An accepted report as it was sent."""

    version: SubmissionVersion
    unit: Unit

    @property
    def pk(self) -> int:
        """Its number, the same as that of what was expected."""
        return self.version.submission_id

    @property
    def nil_note(self) -> str:
        """What a nil report says."""
        return self.version.nil_note

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered; a nil report answers nothing, whatever lies in its form."""
        return {} if self.nil_note else dict(self.version.answers)

    def as_source(self) -> dict[str, Any]:
        """What a source keeps of it."""
        return {
            "report": self.pk,
            "version_id": self.version.pk,
            "number": self.version.number,
            "receipt_number": self.version.receipt_number,
            "sent_at": self.version.sent_at,
            "unit_id": self.unit.pk,
        }


@dataclass(frozen=True)
class Standing:
    """How far one unit is with the period."""

    unit: Unit
    verdict: Verdict
    first_sent_at: datetime.datetime | None


class Gathered:
    """The accepted reports of a period that a person may read, in the order of the units; each part read once."""

    def __init__(self, period: ReportingPeriod, *, user: "User", now: datetime.datetime) -> None:
        self.period, self.user, self.now = period, user, now
        self.choice = Choice.of_period(period)

    @cached_property
    def reports(self) -> list[Report]:
        """Those that are accepted now."""
        rows = accepted_versions(user=self.user, choice=self.choice, as_of=None)
        rows = rows.select_related("submission__expected__unit").order_by("submission__expected__unit__path", "pk")
        return [Report(row, row.submission.expected.unit) for row in rows]

    @property
    def filled_in(self) -> list[Report]:
        """Those that say more than that there is nothing to say."""
        return [one for one in self.reports if not one.nil_note]

    @property
    def nil(self) -> list[Report]:
        """The nil reports."""
        return [one for one in self.reports if one.nil_note]

    @cached_property
    def matrix(self) -> Matrix:
        """The period's column of the matrix of units and periods: the figures that the dashboard shows."""
        return matrix(user=self.user, choice=self.choice, now=self.now)

    @cached_property
    def standings(self) -> list[Standing]:
        """Every unit of which a report is or was expected, in the order of the tree."""
        rows = Submission.objects.filter(expected__period=self.period).order_by()
        sent = dict(rows.values_list("expected__unit_id", "first_sent_at"))
        return [
            Standing(row.unit, cell.verdict, sent.get(row.unit.pk))
            for row in self.matrix.rows
            for cell in row.cells
            if cell.verdict.kind != CellKind.NOT_EXPECTED
        ]

    def count(self, kind: CellKind) -> int:
        """How many units are where the cell says."""
        return Counter(one.verdict.kind for one in self.standings)[kind]

    @cached_property
    def schemas(self) -> Schemas:
        """What the versions of the form ask."""
        return Schemas([self.period.requirement.form_id])

    @cached_property
    def before(self) -> ReportingPeriod | None:
        """The period before this one, of the same requirement."""
        return (
            ReportingPeriod.objects.filter(requirement_id=self.period.requirement_id, due_at__lt=self.period.due_at)
            .order_by("-due_at", "-pk")
            .first()
        )
