"""From a document to a proposal: the order in which the rules are asked."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from portal.programmes.plan_import.citations import find_citations
from portal.programmes.plan_import.deadlines import unique_deadlines
from portal.programmes.plan_import.document import SourceDocument
from portal.programmes.plan_import.drafts import DraftTask, Reading
from portal.programmes.plan_import.folding import fold
from portal.programmes.plan_import.merging import merge_tasks
from portal.programmes.plan_import.notes import apply_notes, read_notes
from portal.programmes.plan_import.outline import build_outline
from portal.programmes.plan_import.phases import find_phases
from portal.programmes.plan_import.proposal import PlanProposal, ProposedAction, ProposedTask, ProposedUnit
from portal.programmes.plan_import.prose_tasks import TaskFinder, read_prose_tasks
from portal.programmes.plan_import.reporting import find_reporting
from portal.programmes.plan_import.table_tasks import TableReader
from portal.programmes.plan_import.titles import find_title
from portal.programmes.plan_import.unit_names import level_of, restore_prefix


def propose(document: SourceDocument) -> PlanProposal:
    """Return what the rules read out of ``document``; never raises, an odd text merely gives a poor proposal."""
    reading = Reading(document)
    root = build_outline(document)
    notes = read_notes(reading.views, reading.years)
    prose = read_prose_tasks(reading, TaskFinder(reading, root), notes)
    table = TableReader(reading, notes).read(root)
    spans = [draft.span for draft in (*prose, *table)]
    drafts = merge_tasks(prose, table)
    _repeat_above(drafts)
    apply_notes(notes, drafts)
    title = find_title(document)
    return PlanProposal(
        title=title,
        phases=find_phases(reading, root, {draft.span.start for draft in prose}),
        actions=_actions(reading, drafts),
        tasks=tuple(_task(reading, draft) for draft in drafts),
        reporting=find_reporting(reading.views, reading.years, spans),
        citations=find_citations(reading.views, title.span.start if title else 0),
    )


def _repeat_above(drafts: list[DraftTask]) -> None:
    """Carry out 同上: take units or deadlines from the task before."""
    for above, draft in pairwise(drafts):
        for span, role in draft.same_units:
            same = [unit for unit in above.units if unit.role == role] or above.units
            draft.units.extend(replace(unit, span=span, rule=f"{unit.rule}+same", implicit=True) for unit in same)
            draft.units.sort(key=lambda unit: unit.span.start)
        if draft.same_deadlines is not None:
            span = draft.same_deadlines
            draft.deadlines.extend(
                replace(deadline, span=span, rule=f"{deadline.rule}+same", implicit=True)
                for deadline in above.deadlines
            )


def _actions(reading: Reading, drafts: list[DraftTask]) -> tuple[ProposedAction, ...]:
    """Return the actions that tasks stand under, in order of appearance."""
    found: dict[str, ProposedAction] = {}
    for draft in drafts:
        if draft.action is not None and draft.action.value not in found:
            span = draft.action.span
            found[draft.action.value] = ProposedAction(
                span=span,
                words=reading.text[span.start : span.end],
                rule="action-heading",
                confidence=0.9,
                title=draft.action.value,
            )
    return tuple(found.values())


def _task(reading: Reading, draft: DraftTask) -> ProposedTask:
    text = reading.text
    deadlines = [replace(d, words=text[d.span.start : d.span.end]) for d in draft.deadlines]
    return ProposedTask(
        span=draft.span,
        words=text[draft.span.start : draft.span.end],
        rule=draft.rule,
        confidence=draft.confidence if draft.units else round(draft.confidence * 0.7, 2),
        number=draft.number,
        action=draft.action.value if draft.action else None,
        title=draft.title.value,
        title_span=draft.title.span,
        units=_unique_units(text, draft.units),
        deadlines=unique_deadlines(deadlines),
    )


def _unique_units(text: str, units: list[ProposedUnit]) -> tuple[ProposedUnit, ...]:
    """Return each unit once; the first role printed for it stays, except that leading outweighs the others."""
    found: dict[str, ProposedUnit] = {}
    level: str | None = None
    for unit in units:
        key = fold(unit.name)
        unit = replace(unit, name=restore_prefix(unit.name, key, level))
        level = level_of(unit.name, key) or level
        known = found.get(unit.name)
        if known is None or (unit.role == "lead" and known.role != "lead"):
            found[unit.name] = replace(unit, words=text[unit.span.start : unit.span.end])
    return tuple(found.values())
