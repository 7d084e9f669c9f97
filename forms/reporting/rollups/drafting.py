"""Blocks before they are stored: what compiling makes, whatever it makes them from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from forms.reporting.rollups.enums import BlockKind, Change, Origin, Part
from forms.reporting.rollups.gathering import Report
from forms.reporting.rollups.models import Block, RollUp, Sentence, Source

if TYPE_CHECKING:
    import datetime

    from portal.accounts.models import User

LONGEST_HEADING = 300


@dataclass(frozen=True)
class Place:
    """Where in a report something stands."""

    report: Report
    question: str = ""
    label: str = ""
    row: int | None = None
    text: str = ""

    def source(self, sentence: Sentence) -> Source:
        """The row to be stored."""
        return Source(
            sentence=sentence,
            text=self.text,
            question=self.question,
            label=self.label[:LONGEST_HEADING],
            row=self.row,
            **self.report.as_source(),
        )


@dataclass(frozen=True)
class Words:
    """A sentence with where it comes from."""

    text: str
    origin: Origin
    places: Sequence[Place] = ()
    name: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Piece:
    """A block with its sentences."""

    kind: BlockKind
    part: Part
    text: str = ""
    question: str = ""
    unit_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    words: Sequence[Words] = ()


def heading(part: Part, text: str, question: str = "") -> Piece:
    """A heading."""
    return Piece(BlockKind.HEADING, part, text=text[:LONGEST_HEADING], question=question)


def store(
    rollup: RollUp,
    pieces: Iterable[Piece],
    *,
    user: "User",
    now: "datetime.datetime",
    first: int = 1,
    change: Change = Change.COMPILED,
) -> list[Block]:
    """Write the pieces from a position on, one after the other; three queries and a few more where they are many."""
    given = list(pieces)
    blocks = Block.objects.bulk_create(
        Block(
            rollup=rollup,
            position=first + number,
            kind=piece.kind,
            part=piece.part,
            text=piece.text[:LONGEST_HEADING],
            question=piece.question,
            unit_id=piece.unit_id,
            facts=piece.facts,
            change=change,
            changed_by=user,
            changed_at=now,
        )
        for number, piece in enumerate(given)
    )
    add_words([(block, words) for block, piece in zip(blocks, given, strict=True) for words in enumerate(piece.words)])
    return blocks


def add_words(given: Sequence[tuple[Block, tuple[int, Words]]]) -> list[Sentence]:
    """Write sentences of blocks at their positions, with their sources."""
    made = Sentence.objects.bulk_create(
        Sentence(
            block=block,
            position=position,
            origin=words.origin,
            name=words.name,
            text=words.text,
            original="" if words.origin == Origin.OWN else words.text,
            facts=words.facts,
        )
        for block, (position, words) in given
    )
    Source.objects.bulk_create(
        place.source(sentence)
        for sentence, (_block, (_position, words)) in zip(made, given, strict=True)
        for place in words.places
    )
    return made
