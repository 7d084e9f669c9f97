"""What of a document is affected by reports that have moved, report by report, and what can be done about it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from forms.reporting.rollups.cutting import plain_form
from forms.reporting.rollups.drafting import Piece
from forms.reporting.rollups.enums import AFFECTING, BlockKind, Standing
from forms.reporting.rollups.freshness import Stale, fresh_figures, stale_figures
from forms.reporting.rollups.gathering import Gathered, Report
from forms.reporting.rollups.models import Block, RollUp, Source
from forms.reporting.rollups.movements import later_reports
from forms.reporting.rollups.reading import is_unsettled
from forms.reporting.rollups.texts import paragraph, text_questions

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class Line:
    """A sentence, and whether the other side has it too."""

    text: str
    is_different: bool


@dataclass(frozen=True)
class Pair:
    """A paragraph as the document has it, and as the newer version has it."""

    block: Block
    label: str
    here: list[Line]
    there: list[Line]


@dataclass
class Moved:
    """A report that has moved, with what stands on it."""

    source: Source
    pairs: list[Pair] = field(default_factory=list)
    figures: int = 0
    """Figures that count it."""

    @property
    def is_newer(self) -> bool:
        """Whether a newer version is accepted, whose words can be taken over."""
        return self.source.standing == Standing.NEWER


@dataclass(frozen=True)
class Affected:
    """All of it."""

    moved: list[Moved]
    stale: list[Stale]
    later: list[Report]
    settled: list[Source]
    """Sources that have moved and were kept, one for each reason."""


def affected_of(rollup: RollUp, *, user: "User") -> Affected:
    """What is affected; a constant number of queries."""
    found = Gathered(rollup.period, user=user, now=timezone.now())
    rows = list(
        Source.objects.filter(
            sentence__block__rollup=rollup,
            standing__in=AFFECTING,
            sentence__left_out=False,
            sentence__block__left_out=False,
        )
        .select_related("sentence__block", "unit", "kept_by")
        .order_by("unit__path", "sentence__block__position", "sentence__position", "pk")
    )
    moved: dict[int, Moved] = {}
    by_block: dict[tuple[int, int], list[Source]] = {}
    for source in rows:
        if not is_unsettled(source):
            continue
        one = moved.setdefault(source.report, Moved(source))
        if source.standing == Standing.NEWER and not one.is_newer:
            one.source = source
        if source.sentence.block.kind == BlockKind.FIGURE or not source.question:
            one.figures += 1
        else:
            by_block.setdefault((source.report, source.sentence.block_id), []).append(source)
    newest = {one.pk: one for one in found.reports}
    asked = {one.path: one for one in text_questions(found.schemas, rollup.period.requirement.form_id)}
    said = _said({block for _report, block in by_block})
    for (report, block), sources in by_block.items():
        question = asked.get(sources[0].question)
        version = newest.get(report)
        piece = paragraph(question, found.schemas, version) if question and version else None
        moved[report].pairs.append(_pair(sources, said[report, block], piece))
    settled = {(one.report, one.kept_because): one for one in rows if one.kept_because}
    stale = stale_figures(rollup, fresh_figures(rollup, found)) if not rollup.is_final else []
    return Affected(list(moved.values()), stale, later_reports(rollup, found), list(settled.values()))


def _said(blocks: set[int]) -> dict[tuple[int, int], list[Source]]:
    """What stands in some blocks, by report and block; one query."""
    said: dict[tuple[int, int], list[Source]] = {}
    rows = Source.objects.filter(sentence__block__in=blocks, sentence__left_out=False).select_related("sentence")
    for one in rows.order_by("sentence__position", "pk"):
        said.setdefault((one.report, one.sentence.block_id), []).append(one)
    return said


def _pair(sources: list[Source], old: list[Source], piece: Piece | None) -> Pair:
    """Both sides; where there is no newer one, what is affected is marked."""
    new = list(piece.words) if piece else []
    known = {plain_form(one.text) for one in old}
    coming = {plain_form(one.places[0].text) for one in new}
    affected = {one.pk for one in sources}
    here = [Line(one.sentence.text, plain_form(one.text) not in coming if new else one.pk in affected) for one in old]
    there = [Line(one.text, plain_form(one.places[0].text) not in known) for one in new]
    return Pair(sources[0].sentence.block, sources[0].label, here, there)
