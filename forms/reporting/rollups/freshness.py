"""What the figures of a document would say now, beside what they say."""

from collections.abc import Mapping
from dataclasses import dataclass

from forms.reporting.rollups.completeness import body
from forms.reporting.rollups.drafting import Piece, Words
from forms.reporting.rollups.enums import BlockKind, Origin, Part
from forms.reporting.rollups.figures import Definition, pieces
from forms.reporting.rollups.gathering import Gathered
from forms.reporting.rollups.models import Block, RollUp, Sentence
from forms.reporting.rollups.reading import is_unsettled


@dataclass(frozen=True)
class Fresh:
    """What comes out now, by block; tables apart."""

    by_block: Mapping[int, Piece | None]
    tables: list[tuple[Block, Piece]]
    blocks: list[Block]


@dataclass(frozen=True)
class Stale:
    """A sentence that would read otherwise: what it says, what would stand there. None: there is none."""

    block: Block
    sentence: Sentence | None
    words: Words | None
    piece: Piece | None

    @property
    def is_reworded(self) -> bool:
        """Whether the compiler has put it in words of their own."""
        return self.sentence is not None and self.sentence.is_reworded

    @property
    def is_same(self) -> bool:
        """Whether the words would be the same: only the reports behind them have moved."""
        return self.sentence is not None and self.words is not None and self.sentence.facts == self.words.facts

    @property
    def now(self) -> str:
        """What would stand there."""
        return self.words.text if self.words else ""


def fresh_figures(rollup: RollUp, found: Gathered) -> Fresh:
    """Every figure of the document worked out anew; as many queries as compiling them takes."""
    blocks = list(rollup.blocks.filter(part__in=[Part.COMPLETENESS, Part.FIGURES]).exclude(kind=BlockKind.HEADING))
    by_block: dict[int, Piece | None] = {}
    tables: list[tuple[Block, Piece]] = []
    told = {piece.kind: piece for piece in body(found)}
    figures = [one for one in blocks if one.kind == BlockKind.FIGURE]
    wanted = [Definition.in_facts(one.facts) for one in figures]
    known = {Definition.in_facts(piece.facts): piece for piece in pieces(found, wanted)} if wanted else {}
    for block in blocks:
        if block.kind == BlockKind.FIGURE:
            by_block[block.pk] = known.get(Definition.in_facts(block.facts))
        elif block.kind == BlockKind.TABLE:
            tables.append((block, told[BlockKind.TABLE]))
        else:
            by_block[block.pk] = told[BlockKind.PARAGRAPH]
    return Fresh(by_block, tables, blocks)


def stale_figures(rollup: RollUp, fresh: Fresh) -> list[Stale]:
    """Sentences of figures that would say something else now, or stand on reports that have moved; two queries."""
    by_block: dict[int, list[Sentence]] = {}
    rows = Sentence.objects.filter(
        block__in=[one.pk for one in fresh.blocks], origin=Origin.COMPUTED, replaced_at__isnull=True
    ).prefetch_related("sources")
    for one in rows:
        by_block.setdefault(one.block_id, []).append(one)
    found: list[Stale] = []
    for block in fresh.blocks:
        if block.pk not in fresh.by_block or block.left_out:
            continue
        piece = fresh.by_block[block.pk]
        new = {words.name: words for words in piece.words} if piece else {}
        old = {one.name: one for one in by_block.get(block.pk, [])}
        for name in [*old, *(one for one in new if one not in old)]:
            before, after = old.get(name), new.get(name)
            if before is not None and before.left_out:
                continue
            moved = before is not None and any(is_unsettled(source) for source in before.sources.all())
            if before is None or after is None or before.facts != after.facts or moved:
                found.append(Stale(block, before, after, piece))
    return found
