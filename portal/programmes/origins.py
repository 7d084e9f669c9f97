"""Where the items of a corrected proposal come from: what nobody touched keeps its rule, the rest is by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from portal.programmes.plan_import.document import Span
from portal.programmes.plan_import.proposal import PlanProposal, Proposed
from portal.programmes.wording import BY_HAND, rule_in_words

DOUBTFUL = 0.8
"""Below this confidence a person is asked to look."""

IGNORED = frozenset({"words", "rule", "confidence", "implicit", "action", "units", "deadlines"})
"""What does not make an item another one: its origin, and a task's parts, which have origins of their own."""

Item = TypeVar("Item", bound=Proposed)


@dataclass(frozen=True)
class Origin:
    """What a row of the ledger says of itself."""

    words: str
    rule: str
    percent: int
    is_doubtful: bool
    is_by_hand: bool


def every_item(proposal: PlanProposal) -> Iterator[Proposed]:
    """Yield everything proposed, parts after what they belong to."""
    if proposal.title:
        yield proposal.title
    yield from proposal.phases
    yield from proposal.actions
    for task in proposal.tasks:
        yield task
        yield from task.units
        yield from task.deadlines
    yield from proposal.reporting
    yield from proposal.citations


def doubtful_count(proposal: PlanProposal) -> int:
    """How many items a person is asked to look at."""
    return sum(item.confidence < DOUBTFUL for item in every_item(proposal))


def span_of(start: int | None, end: int | None, text: str) -> Span:
    """The stretch of text that two typed numbers mean; an empty one if they mean none."""
    first, last = min(start or 0, len(text)), min(end or 0, len(text))
    return Span(first, last) if first < last else Span(0, 0)


class Origins:
    """The items of a stored proposal, to be recognised when they come back from a form."""

    def __init__(self, stored: PlanProposal, text: str) -> None:
        self.text = text
        self._known: dict[Any, Proposed] = {}
        self._at: dict[Any, Proposed] = {}
        for item in every_item(stored):
            self._known.setdefault(_identity(item), item)
            self._at.setdefault((type(item), item.span), item)

    def keep(self, item: Item, *, checked: bool) -> Item:
        """Return ``item`` with the origin it had, or as one made by hand; what was checked is certain."""
        known = self._known.get(_identity(item))
        if known is None:
            return replace(item, words=self.words(item.span), rule=BY_HAND, confidence=1.0)
        kept: dict[str, Any] = {
            "words": known.words,
            "rule": known.rule,
            "confidence": 1.0 if checked else known.confidence,
        }
        if hasattr(known, "implicit"):
            kept["implicit"] = known.implicit
        return replace(item, **kept)

    def describe(self, kind: type[Proposed], span: Span) -> Origin:
        """Say where a row of the form comes from; a row at a place where nothing was proposed is by hand."""
        item = self._at.get((kind, span)) if span.start < span.end else None
        return self.describe_item(item) if item else Origin(self.words(span), rule_in_words(BY_HAND), 100, False, True)

    def describe_item(self, item: Proposed) -> Origin:
        """Say where an item comes from."""
        return Origin(
            words=self.words(item.span),
            rule=rule_in_words(item.rule),
            percent=round(item.confidence * 100),
            is_doubtful=item.confidence < DOUBTFUL,
            is_by_hand=item.rule == BY_HAND,
        )

    def words(self, span: Span) -> str:
        """The plan's words at a place."""
        return self.text[span.start : span.end]


def _identity(item: Proposed) -> Any:
    return type(item), *(getattr(item, field.name) for field in fields(item) if field.name not in IGNORED)
