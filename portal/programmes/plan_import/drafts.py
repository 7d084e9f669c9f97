"""What the readers of prose and of tables hand on: tasks before notes are applied and doubles merged."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.programmes.plan_import.assignments import Mention
from portal.programmes.plan_import.document import SourceDocument, Span
from portal.programmes.plan_import.folding import View, view
from portal.programmes.plan_import.proposal import ProposedDeadline, ProposedUnit
from portal.programmes.plan_import.slots import SlotReading, read_slots
from portal.programmes.plan_import.years import Years


@dataclass(frozen=True)
class Words:
    """A value with the place it was read from."""

    value: str
    span: Span


@dataclass
class DraftTask:
    """A task as read; ``section`` is where the section it stands in begins."""

    number: str | None
    action: Words | None
    title: Words
    span: Span
    rule: str
    confidence: float
    units: list[ProposedUnit] = field(default_factory=list)
    deadlines: list[ProposedDeadline] = field(default_factory=list)
    same_units: list[tuple[Span, str]] = field(default_factory=list)
    same_deadlines: Span | None = None
    section: int = 0


class Reading:
    """A document being read: its years, and its slots, each stretch read once."""

    def __init__(self, document: SourceDocument) -> None:
        self.document = document
        self.text = document.text
        self.views = [view(document.text, span) for span in document.pieces()]
        self.years = Years(self.views)
        self._slots: dict[tuple[int, int], SlotReading] = {}

    def slots(self, piece: View) -> SlotReading:
        """Return the slots of ``piece``."""
        place = (piece.offsets[0], piece.offsets[-1])
        if place not in self._slots:
            self._slots[place] = read_slots(piece)
        return self._slots[place]


def proposed_unit(piece: View, mention: Mention, *, implicit: bool = False) -> ProposedUnit:
    """Return the proposal for a unit mentioned in ``piece``."""
    return ProposedUnit(
        span=piece.span(mention.start, mention.end),
        words=piece.words(mention.start, mention.end),
        rule=mention.rule,
        confidence=mention.confidence,
        name=mention.name,
        role=mention.role,
        implicit=implicit,
    )
