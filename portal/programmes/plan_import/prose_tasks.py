"""Finding the tasks in the numbered text, and reading their units and deadlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from portal.programmes.plan_import.assignments import duties_in_prose, first_leads, leads_in_prose
from portal.programmes.plan_import.deadlines import find_deadlines
from portal.programmes.plan_import.document import Span
from portal.programmes.plan_import.drafts import DraftTask, Reading, Words, proposed_unit
from portal.programmes.plan_import.folding import View, view
from portal.programmes.plan_import.notes import Notes
from portal.programmes.plan_import.outline import Node
from portal.programmes.plan_import.proposal import ProposedUnit
from portal.programmes.plan_import.section_kinds import (
    SectionKind,
    annex_may_hold_tasks,
    is_generic,
    may_hold_tasks,
    section_kind,
)
from portal.programmes.plan_import.slots import read_sentences
from portal.programmes.plan_import.unnumbered import split_unnumbered


class TaskFinder:
    """Decides which numbered items are the tasks: those on the level at which units are named."""

    def __init__(self, reading: Reading, root: Node) -> None:
        self.reading = reading
        self.root = root
        self._assigned: dict[int, bool] = {}
        split_unnumbered(root, self._has_units)
        self.sections = list(self._task_sections())
        self.task_style = self._vote()

    def find(self) -> list[tuple[Node, Node | None, Node]]:
        """Return (task, action or None, section) in reading order."""
        found: list[tuple[Node, Node | None, Node]] = []
        specific = len([s for s in self.sections if not is_generic(s.title_key)]) >= 2
        for section in self.sections:
            found.extend((task, action, section) for task, action in self._collect(section, None))
            if specific and not is_generic(section.title_key):
                found = [
                    (task, action or section, owner) if owner is section else (task, action, owner)
                    for task, action, owner in found
                ]
        return found

    def is_assigned(self, node: Node) -> bool:
        """Tell whether the node's own text names units in slots, brackets or assignment sentences."""
        known = self._assigned.get(id(node))
        if known is None:
            known = any(self._has_units(piece) for piece in node.pieces)
            self._assigned[id(node)] = known
        return known

    def _has_units(self, piece: View) -> bool:
        slots = self.reading.slots(piece)
        return bool(slots.units or slots.same_units or slots.labelled) or bool(read_sentences(piece))

    def _subtree_assigned(self, node: Node) -> bool:
        return any(self.is_assigned(one) for one in node.walk())

    def _task_sections(self) -> Iterator[Node]:
        """Yield the sections that hold tasks: by title, else by what stands in them."""
        top = self._top_nodes()
        kinds = [(node, section_kind(node.title_key)) for node in top]
        named = [node for node, kind in kinds if kind is SectionKind.TASKS and node.children]
        if not named:
            named = [
                node
                for node in top
                if may_hold_tasks(node.title_key) and sum(self._subtree_assigned(child) for child in node.children) >= 2
            ]
        lone = [node for node, kind in kinds if kind is SectionKind.OTHER and self._is_lone_task(node)]
        if not named and len(lone) >= 2:  # a plan without sections: 一、 二、 are the tasks themselves
            yield Node(None, lone[0].start, children=lone)
            kinds = [(node, kind) for node, kind in kinds if node not in lone]
        for node, kind in kinds:
            if node.style == "annex":
                if annex_may_hold_tasks("".join(p.key for p in node.pieces[:2])) and self._subtree_assigned(node):
                    yield node
            elif node in named or (kind is SectionKind.OTHER and node.children and self._many_assigned(node)):
                yield node

    def _top_nodes(self) -> list[Node]:
        """Return the sections; a level that merely wraps the plan's own sections (a lone part) is looked through."""
        top: list[Node] = []
        for node in self.root.children:
            inner = [section_kind(child.title_key) for child in node.children]
            wraps = SectionKind.TASKS in inner and (
                SectionKind.SUPPORT in inner or SectionKind.PHASES in inner or node.style == "annex"
            )
            top.extend(node.children if wraps else [node])
        return top

    def _is_lone_task(self, node: Node) -> bool:
        """Tell whether a top node is a task itself: it names units, and nothing under it does."""
        return (
            node.style != "annex"
            and self.is_assigned(node)
            and not any(self._subtree_assigned(child) for child in node.children)
        )

    def _many_assigned(self, node: Node) -> bool:
        return any(self.is_assigned(child) for child in node.walk())

    def _vote(self) -> str | None:
        """Return the form of numbers that tasks have: the one whose items most often name units."""
        votes: Counter[str] = Counter()
        for section in self.sections:
            for node in section.walk():
                kids = node.children
                assigned = [kid for kid in kids if self.is_assigned(kid)]
                if len(kids) >= 2 and assigned == [kids[-1]] and node is not section:
                    votes[node.style] += 1
                elif not (node is not section and self.is_assigned(node) and len(assigned) < 2):
                    for kid in assigned:
                        votes[kid.style] += 1
        return votes.most_common(1)[0][0] if votes else None

    def _collect(self, node: Node, action: Node | None) -> Iterator[tuple[Node, Node | None]]:
        for child in node.children:
            if child.style == self.task_style:
                yield child, action
            elif self.task_style and any(one.style == self.task_style for one in child.walk()):
                yield from self._collect(child, action or child)
            elif self._is_whole(child):
                yield child, action
            elif self._subtree_assigned(child):
                yield from self._collect(child, action or child)
            elif self.task_style is None and node.parent is not None:
                grown = [kid for kid in child.children if not kid.inline]
                if grown and node.style != "annex":
                    yield from ((kid, child) for kid in grown)
                elif node.style != "annex":
                    yield child, action

    def _is_whole(self, node: Node) -> bool:
        """Tell whether the node is one task: it names units itself or only at the end of its last item."""
        kids = [kid for kid in node.children if self._subtree_assigned(kid)]
        if self.is_assigned(node):
            return len(kids) < 2
        return bool(kids) and len(node.children) >= 2 and kids == [node.children[-1]] and not kids[0].children


def read_prose_tasks(reading: Reading, finder: TaskFinder, notes: Notes) -> list[DraftTask]:
    """Return the drafts of all tasks of the numbered text."""
    return [_draft(reading, node, action, section, notes) for node, action, section in finder.find()]


def _draft(reading: Reading, node: Node, action: Node | None, section: Node, notes: Notes) -> DraftTask:
    title = _words(node)
    draft = DraftTask(
        number=printed_number(node),
        action=_words(action) if action is not None else None,
        title=title,
        span=node.span,
        rule=f"task-{node.style}",
        confidence=0.95 if section_kind(section.title_key) is SectionKind.TASKS else 0.8,
        section=section.start,
    )
    pieces = [piece for piece in node.all_pieces() if not notes.covers(piece)]
    _read_units(reading, draft, pieces, notes)
    for piece in pieces:
        slots = reading.slots(piece)
        if slots.same_time:
            draft.same_deadlines = piece.span(*slots.same_time)
        for start, end in slots.taken.gaps(0, len(piece.plain)):
            part = view(reading.text, piece.span(start, end))
            draft.deadlines.extend(find_deadlines(part, reading.years, slot=False))
        for start, end in slots.time_values:
            if start < end:
                part = view(reading.text, piece.span(start, end))
                draft.deadlines.extend(find_deadlines(part, reading.years, slot=True))
    return draft


def _read_units(reading: Reading, draft: DraftTask, pieces: list[View], notes: Notes) -> None:
    sentences: list[tuple[View, list]] = []
    for piece in pieces:
        slots = reading.slots(piece)
        draft.same_units.extend((piece.span(start, end), role) for start, end, role in slots.same_units)
        units = slots.units
        if notes.first_leads_at(piece.offsets[0]):
            units = first_leads(units, notes.others_role)
        draft.units.extend(proposed_unit(piece, mention) for mention in units)
        sentences.append((piece, read_sentences(piece)))
    if not draft.units and not draft.same_units:
        draft.units.extend(proposed_unit(piece, m) for piece, mentions in sentences for m in mentions)
        if not draft.units:
            draft.units.extend(proposed_unit(piece, m) for piece in pieces for m in duties_in_prose(piece))
        return
    promote_leads(
        draft, [proposed_unit(p, m) for p in pieces for m in leads_in_prose(p) if not _in_slot(reading, p, m.start)]
    )


def promote_leads(draft: DraftTask, leads: list[ProposedUnit]) -> None:
    """Give units that the text says take the lead that role; unless the slots already name the leading unit."""
    if any(unit.role == "lead" for unit in draft.units):
        return
    for lead in leads:
        listed = [unit for unit in draft.units if unit.name == lead.name or unit.name.endswith(lead.name)]
        for unit in listed:
            index = draft.units.index(unit)
            draft.units[index] = replace(unit, role="lead", rule=f"{unit.rule}+lead-in-prose")
        if not listed:
            draft.units.insert(0, lead)


def _in_slot(reading: Reading, piece: View, position: int) -> bool:
    return reading.slots(piece).taken.contains(position)


def _words(node: Node) -> Words:
    found = node.title_view
    if found is None:
        return Words(node.marker.printed if node.marker else "", Span(node.start, node.start))
    piece, start, end = found
    return Words(piece.plain[start:end], piece.span(start, end))


def printed_number(node: Node) -> str | None:
    """Return the number as a ledger prints it: 1, （一）, ①, 第五条, 一是; None for a heading without one."""
    if node.marker is None or not node.marker.printed:
        return None
    printed = "".join(node.marker.printed.split())
    return printed.replace("(", "（").replace(")", "）")
