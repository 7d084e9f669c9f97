"""What becomes of a report after it was rolled up, written beside every sentence that stands on it.

Called in the transaction of the step (`receivers`), so that the document and the reports never disagree. What is
written follows from the report as it stands, never from what was written before.
"""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from forms.builder.schema import FormSchema
from forms.collection.enums import ReportState
from forms.reporting.indicators.extraction import accepted_versions
from forms.reporting.indicators.rules import Measure
from forms.reporting.indicators.services import Schemas, Work
from forms.reporting.matrix.services import Choice
from forms.reporting.rollups.completeness import NIL
from forms.reporting.rollups.cutting import plain_form, sentences
from forms.reporting.rollups.enums import AFFECTING, BlockKind, Standing
from forms.reporting.rollups.figures import Definition
from forms.reporting.rollups.gathering import Gathered, Report
from forms.reporting.rollups.models import RollUp, Source
from forms.reporting.rollups.texts import answers_to
from forms.submissions.bin.enums import BinnedKind
from forms.submissions.bin.models import Binned
from forms.submissions.enums import Step
from forms.submissions.models import Submission, SubmissionVersion

if TYPE_CHECKING:
    from portal.accounts.models import User

BY_STEP = {
    Step.RETURN: Standing.RETURNED,
    Step.REOPEN: Standing.REOPENED,
    Step.WITHDRAW: Standing.WITHDRAWN,
    Step.SUBMIT: Standing.RESENT,
}


@dataclass(frozen=True)
class Movement:
    """How a report stands: since when, and why; with the version that is accepted, where one is."""

    standing: Standing
    at: datetime.datetime
    why: str = ""
    accepted: SubmissionVersion | None = None


def movement_of(report: int) -> Movement:
    """How the report stands now; three queries at most."""
    found = Submission.objects.select_related("expected", "accepted_version").filter(pk=report).first()
    if found is None:
        binned = Binned.objects.filter(kind=BinnedKind.REPORT, target_id=report).defer("rows").first()
        return binned_movement(binned.deleted_at, binned.reason) if binned else binned_movement(timezone.now())
    expected = found.expected
    if expected.waived_at is not None:
        return Movement(Standing.WAIVED, expected.waived_at, expected.waive_reason)
    steps = [*BY_STEP, Step.ACCEPT]
    event = found.events.filter(step__in=steps).first()
    at = event.at if event else found.updated_at
    if found.state == ReportState.ACCEPTED and found.accepted_version is not None:
        return Movement(Standing.STANDS, at, accepted=found.accepted_version)
    last = Step(event.step) if event else Step.RETURN
    return Movement(BY_STEP.get(last, Standing.RETURNED), at, event.reason if event else "")


def binned_movement(at: datetime.datetime, why: str = "") -> Movement:
    """The report has been deleted."""
    return Movement(Standing.BINNED, at, why)


def note_movement(report: int, movement: Movement | None = None) -> dict[RollUp, Movement]:
    """Write it beside every sentence that stands on the report; the roll-ups that are affected anew, with what moved.

    One query where no roll-up stands on it.
    """
    sources = list(
        Source.objects.filter(report=report).select_related(
            "sentence__block__rollup__period__requirement", "sentence__block__rollup__compiled_by"
        )
    )
    if not sources:
        return {}
    moved = movement or movement_of(report)
    judge = Judge(moved.accepted) if moved.accepted is not None else None
    told: dict[RollUp, Movement] = {}
    changed = []
    for source in sources:
        standing = judge.standing(source) if judge else moved.standing
        at = None if standing == Standing.STANDS else moved.at
        if (source.standing, source.moved_at) == (standing, at):
            continue
        source.standing, source.moved_at, source.moved_why = standing, at, moved.why if at else ""
        source.kept_because, source.kept_by, source.kept_at = "", None, None
        changed.append(source)
        if standing in AFFECTING and not source.sentence.left_out and not source.sentence.block.left_out:
            told[source.sentence.block.rollup] = Movement(standing, moved.at, moved.why)
    names = ["standing", "moved_at", "moved_why", "kept_because", "kept_by", "kept_at"]
    Source.objects.bulk_update(changed, names, batch_size=500)
    return told


class Judge:
    """Tells whether a newer accepted version says what an older one said."""

    def __init__(self, version: SubmissionVersion) -> None:
        self.version = version
        self.schemas = Schemas([version.form_version.form_id])
        self.texts: dict[str, set[str]] = {}
        self.older: dict[int, SubmissionVersion | None] = {}

    def standing(self, source: Source) -> Standing:
        """How a source stands towards the version."""
        if source.version_id == self.version.pk:
            return Standing.STANDS
        return Standing.SAME if self._says_the_same(source) else Standing.NEWER

    def _says_the_same(self, source: Source) -> bool:
        if not source.question:
            is_nil = source.sentence.name == NIL
            return source.text == self.version.nil_note if is_nil else True
        if source.sentence.block.kind == BlockKind.FIGURE:
            return self._counts_the_same(source)
        return plain_form(source.text) in self._pieces(source.question)

    def _pieces(self, path: str) -> set[str]:
        if path not in self.texts:
            schema: FormSchema | None = self.schemas.by_version.get(self.version.form_version_id)
            told = answers_to(path, schema, Report(self.version, self.version.submission.expected.unit))
            self.texts[path] = {plain_form(piece) for answer in told for piece in sentences(answer.text)}
        return self.texts[path]

    def _counts_the_same(self, source: Source) -> bool:
        block = source.sentence.block
        definition = Definition.in_facts(block.facts)
        indicator = definition.indicator_over(block.rollup.period.requirement)
        work = Work(indicator, self.schemas)
        if source.version_id not in self.older:  # a report stands behind every figure, mostly with one version
            self.older[source.version_id] = SubmissionVersion.objects.filter(pk=source.version_id).first()
        older = self.older[source.version_id]
        return older is not None and _measure(work, older) == _measure(work, self.version)


def _measure(work: Work, version: SubmissionVersion) -> Measure:
    return work.measured(version.form_version_id, {} if version.nil_note else version.answers)


def later_reports(rollup: RollUp, found: Gathered) -> list[Report]:
    """Reports that were accepted and stand nowhere in the document: accepted since, or in the bin when it was made."""
    known = set(Source.objects.filter(sentence__block__rollup=rollup).values_list("report", flat=True))
    return [one for one in found.reports if one.pk not in known]


def count_later(rollup: RollUp, user: "User") -> int:
    """How many they are, without reading them; one query."""
    known = Source.objects.filter(sentence__block__rollup=rollup).order_by().values("report")
    rows = accepted_versions(user=user, choice=Choice.of_period(rollup.period), as_of=None)
    return rows.exclude(submission__in=known).count()
