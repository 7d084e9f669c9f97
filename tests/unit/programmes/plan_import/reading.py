"""Short ways from text to a proposal, for the tests of the rules."""

from __future__ import annotations

import io
from pathlib import Path

from portal.programmes.plan_import import PlanProposal, SourceDocument, propose, read_document
from portal.programmes.plan_import.document import Span
from portal.programmes.plan_import.folding import View, view

PLANS = Path(__file__).parent / "plans"

UnitTuple = tuple[str, str]
DeadlineTuple = tuple[str | None, str]


def document_of(text: str) -> SourceDocument:
    """Return the document of a UTF-8 text file holding ``text``."""
    return read_document(io.BytesIO(text.encode()), "plan.txt")


def proposal_of(text: str) -> PlanProposal:
    """Return the proposal for ``text``."""
    return propose(document_of(text))


def plan(name: str) -> PlanProposal:
    """Return the proposal for one of the plans beside the tests."""
    return propose(read_document(PLANS / name))


def whole(text: str) -> View:
    """Return the view of all of ``text``."""
    return view(text, Span(0, len(text)))


def units_of(proposal: PlanProposal) -> dict[str, list[UnitTuple]]:
    """Return (name, role) pairs by task title."""
    return {task.title: [(unit.name, unit.role) for unit in task.units] for task in proposal.tasks}


def deadlines_of(proposal: PlanProposal) -> dict[str, list[DeadlineTuple]]:
    """Return (date, kind) pairs by task title."""
    return {task.title: [(item.date, item.kind) for item in task.deadlines] for task in proposal.tasks}
