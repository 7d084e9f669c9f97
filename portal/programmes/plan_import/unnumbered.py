"""Tasks without any number: paragraphs under a heading that each name units of their own."""

from __future__ import annotations

from collections.abc import Callable

from portal.programmes.plan_import.folding import View
from portal.programmes.plan_import.markers import Marker
from portal.programmes.plan_import.outline import Node
from portal.programmes.plan_import.section_kinds import SectionKind, section_kind
from portal.programmes.plan_import.slot_keys import SLOT_AT_START

PLAIN = Marker("plain", "", 0)


def split_unnumbered(root: Node, is_assigned: Callable[[View], bool]) -> None:
    """Give every heading whose text is two or more assigned paragraphs one child a task.

    ``is_assigned`` tells whether a paragraph names units. A numbered item with text of its own behind its title stays
    whole: its paragraphs belong to it.
    """
    for node in list(root.walk()):
        if node.marker is None or node.children or len(node.pieces) < 3 or not _is_heading(node, is_assigned):
            continue
        groups = _groups(node.pieces[1:], is_assigned)
        if len(groups) < 2:
            continue
        node.pieces = node.pieces[:1]
        node.children = [Node(PLAIN, group[0].offsets[0], pieces=group, parent=node) for group in groups]


def _is_heading(node: Node, is_assigned: Callable[[View], bool]) -> bool:
    first = node.pieces[0]
    if section_kind(node.title_key) in (SectionKind.PHASES, SectionKind.SUPPORT) or is_assigned(first):
        return False
    return len(node.title_key) >= len(first.key.rstrip("。:;")) > 0


def _groups(pieces: list[View], is_assigned: Callable[[View], bool]) -> list[list[View]]:
    """Return the paragraphs of each task; none when some of them belongs to no task that names units."""
    groups: list[list[View]] = []
    done = True
    for piece in pieces:
        assigned = is_assigned(piece)
        slot = bool(SLOT_AT_START.match(piece.key))
        if done and not slot:
            groups.append([])
            done = False
        if not groups:
            return []
        if assigned and not slot and len(groups) == 1 and groups[0] and not done:
            groups[0] = []  # an introduction before the first task
        groups[-1].append(piece)
        done = done or assigned
    return groups if done and all(not SLOT_AT_START.match(group[0].key) for group in groups) else []
