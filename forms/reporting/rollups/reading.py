"""The document as it is shown: sections, blocks, sentences, and beside each where it comes from.

A constant number of queries, however long the document is.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.dateparse import parse_datetime

from forms.reporting.rollups.enums import AFFECTING, BlockKind, Origin, Part
from forms.reporting.rollups.models import Block, RollUp, Sentence, Source

NUMERALS = "〇一二三四五六七八九十"
MANY_SOURCES = 6
"""Sources of one block that stand beside it; more are behind a link."""


def numeral(number: int) -> str:
    """一, 十, 十一, 二十, 二十一 … 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十"
    return head + (NUMERALS[ones] if ones or not tens else "")


@dataclass(frozen=True)
class Trail:
    """A report that a block comes from, as it stands beside it."""

    unit: str
    number: int
    receipt: str
    url: str
    label: str
    is_affected: bool

    @classmethod
    def of(cls, source: Source) -> "Trail":
        """The line of a source."""
        return cls(
            str(source.unit),
            source.number,
            source.receipt,
            report_url(source),
            source.label,
            is_unsettled(source),
        )


def report_url(source: Source) -> str:
    """The page of the report, at the version."""
    return f"{reverse('submissions:detail', args=[source.report])}?version={source.number}"


def is_unsettled(source: Source) -> bool:
    """Whether the source has moved and nobody has decided what that means for the sentence."""
    return source.standing in AFFECTING and not source.kept_because


@dataclass(frozen=True)
class Told:
    """A sentence with its sources, those of the sentences that were put together with it among them."""

    sentence: Sentence
    sources: list[Source]
    merged: list[Sentence]

    @property
    def is_affected(self) -> bool:
        """Whether one of its sources has moved."""
        return any(is_unsettled(one) for one in self.sources)

    @property
    def is_own(self) -> bool:
        """Whether it has no source but the compiler."""
        return self.sentence.origin == Origin.OWN

    @property
    def gap(self) -> str:
        """What stands between it and the next one: a space after a language that has spaces."""
        return " " if self.sentence.text[-1:].isascii() else ""

    @property
    def units(self) -> str:
        """Who says it, where several do."""
        return "、".join(dict.fromkeys(str(one.unit) for one in self.sources)) if self.merged else ""


@dataclass(frozen=True)
class Shown:
    """A block with what stands in it, and what does not any more."""

    block: Block
    told: list[Told] = field(default_factory=list)
    left: list[Told] = field(default_factory=list)
    """Sentences that are left out."""
    elsewhere: list[Sentence] = field(default_factory=list)
    """Sentences that were put together with one of another paragraph."""

    @property
    def unit(self) -> str:
        """Whose words it holds."""
        return str(self.block.unit) if self.block.unit else ""

    @property
    def is_figure(self) -> bool:
        """Whether it was worked out."""
        return self.block.part in {Part.COMPLETENESS, Part.FIGURES}

    @property
    def as_of(self) -> datetime.datetime | None:
        """For which instant a figure holds."""
        return parse_datetime(self.block.facts.get("as_of", ""))

    @property
    def is_affected(self) -> bool:
        """Whether a sentence in it is."""
        return not self.block.left_out and any(one.is_affected for one in self.told)

    @property
    def trails(self) -> list[Trail]:
        """The reports it comes from, each once."""
        found = {(one.report, one.number): one for told in self.told for one in told.sources}
        return [Trail.of(one) for one in found.values()]

    @property
    def few_trails(self) -> list[Trail]:
        """Those that stand beside it."""
        return [] if len(self.trails) > MANY_SOURCES else self.trails


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; the number counts the sections that are in the document."""

    heading: Block | None
    number: str
    blocks: list[Shown]

    @property
    def pk(self) -> int:
        """What an address calls it."""
        return self.heading.pk if self.heading else 0


def sections(rollup: RollUp) -> list[Section]:
    """The whole document, in four queries."""
    blocks = list(rollup.blocks.select_related("unit", "changed_by"))
    by_block = told_by_block(blocks)
    found: list[Section] = []
    number = 0
    for block in blocks:
        if block.kind == BlockKind.HEADING or not found:
            heading = block if block.kind == BlockKind.HEADING else None
            is_numbered = heading is not None and not heading.left_out
            number += is_numbered
            found.append(Section(heading, numeral(number) if is_numbered else "", []))
        if block.kind != BlockKind.HEADING:
            found[-1].blocks.append(by_block[block.pk])
    return found


def told_by_block(blocks: Iterable[Block]) -> dict[int, Shown]:
    """The sentences of blocks with their sources, three queries."""
    shown = {block.pk: Shown(block) for block in blocks}
    rollups = {one.block.rollup_id for one in shown.values()}
    sentences = list(Sentence.objects.filter(block__rollup_id__in=rollups))
    merged: dict[int, list[Sentence]] = {}
    for one in sentences:
        if one.merged_into_id is not None:
            merged.setdefault(one.merged_into_id, []).append(one)
    sources: dict[int, list[Source]] = {}
    rows = Source.objects.filter(sentence__block__rollup_id__in=rollups)
    for source in rows.select_related("unit").order_by("unit__path", "pk"):
        sources.setdefault(source.sentence_id, []).append(source)
    for one in sentences:
        place = shown.get(one.block_id)
        if place is None:
            continue
        if one.merged_into_id is not None:
            place.elsewhere.append(one)
            continue
        together = merged.get(one.pk, [])
        all_sources = [source for each in (one, *together) for source in sources.get(each.pk, [])]
        told = Told(one, all_sources, together)
        (place.left if one.left_out else place.told).append(told)
    return shown


def section_with(rollup: RollUp, block: Block) -> Section | None:
    """The section in which a block stands."""
    for section in sections(rollup):
        if section.pk == block.pk or any(one.block.pk == block.pk for one in section.blocks):
            return section
    return None
