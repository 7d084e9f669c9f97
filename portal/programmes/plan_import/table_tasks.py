"""Reading the tasks of tables: one row a task, columns told by the table's head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from portal.programmes.plan_import.assignments import SAME, Mention, first_leads, read_units
from portal.programmes.plan_import.deadlines import find_deadlines
from portal.programmes.plan_import.document import Cell, Span, Table
from portal.programmes.plan_import.drafts import DraftTask, Reading, Words, proposed_unit
from portal.programmes.plan_import.folding import fold, view
from portal.programmes.plan_import.markers import find_marker
from portal.programmes.plan_import.notes import Notes
from portal.programmes.plan_import.outline import Node, title_bounds
from portal.programmes.plan_import.proposal import ProposedDeadline, ProposedUnit
from portal.programmes.plan_import.section_kinds import NOTE, SectionKind, is_generic, section_kind
from portal.programmes.plan_import.slot_keys import SLOT
from portal.programmes.plan_import.slots import read_slots
from portal.programmes.plan_import.table_columns import (
    UNITS,
    Column,
    Layout,
    cell_key,
    read_card,
    read_head,
    read_layout,
)

TOTAL = re.compile(r"^(?:合计|总计|小计)")
GROUP_NUMBER = re.compile(r"\(?[一二三四五六七八九十]{1,3}\)?[、.]?$")


class TableReader:
    """Reads every task table of a document; a table without a head continues the one before it."""

    def __init__(self, reading: Reading, notes: Notes) -> None:
        self.reading = reading
        self.text = reading.text
        self.notes = notes
        self.previous: tuple[int, Layout] | None = None

    def read(self, root: Node) -> list[DraftTask]:
        """Return the drafts of all task tables in reading order."""
        drafts: list[DraftTask] = []
        for node in root.walk():
            for table in node.tables:
                if _in_phases(node):
                    continue
                if (card := read_card(self.text, table)) is not None:
                    drafts.append(self._card(table, card, _heading_above(node)))
                    continue
                layout = self._layout(table)
                if layout is not None:
                    drafts.extend(self._rows(table, layout, _heading_above(node)))
        return drafts

    def _layout(self, table: Table) -> Layout | None:
        layout = read_layout(self.text, table)
        if layout is None and self.previous and self.previous[0] == table.width and not read_head(self.text, table):
            layout = replace(self.previous[1], first_row=0)
        self.previous = (table.width, layout) if layout else None
        return layout

    def _rows(self, table: Table, layout: Layout, heading: Words | None) -> Iterator[DraftTask]:
        action = heading
        draft: DraftTask | None = None
        last_title: Cell | None = None
        columns: dict[int, list[ProposedUnit] | list[ProposedDeadline]] = {}
        grid = table.grid()
        head = [cell_key(self.text, cell) for cell in grid[layout.first_row - 1]] if layout.first_row else []
        for row in grid[layout.first_row :]:
            keys = [cell_key(self.text, cell) for cell in row]
            if not any(keys) or keys == head or NOTE.match(next(key for key in keys if key)):
                continue
            if (full := _full_row(row, keys, layout)) is not None:
                if not NOTE.match(cell_key(self.text, full)) and not TOTAL.match(cell_key(self.text, full)):
                    action = self._words(full)
                continue
            if TOTAL.match(keys[layout.title]) or (layout.number is not None and TOTAL.match(keys[layout.number])):
                continue
            title = row[layout.title]
            if draft is None or (title is not last_title and keys[layout.title]):
                if draft is not None:
                    yield draft
                if title is None or not keys[layout.title]:
                    draft = None
                    continue
                if layout.action is not None and keys[layout.action] and row[layout.action] is not title:
                    cell = row[layout.action]
                    action = self._words(cell) if cell is not None else action
                draft = self._draft(row, title, layout, action)
            last_title = title
            self._fill(draft, row, layout, columns)
        if draft is not None:
            yield draft

    def _card(self, table: Table, card: dict[Column, list[Cell]], action: Words | None) -> DraftTask:
        """Return the task of a table that holds nothing else: one label and one value a row."""
        title = card[Column.NAME][0]
        number, words = self._numbered(title)
        if Column.NUMBER in card:
            number = "".join(self._raw(card[Column.NUMBER][0]).split()) or number
        draft = DraftTask(number, action, words, table.span, "task-card", 0.9, section=table.span.start)
        for cell in (title, *card.get(Column.MEASURES, [])):
            self._read_body(draft, cell)
        for kind, role in UNITS.items():
            for cell in card.get(kind, []):
                draft.units.extend(self._units(cell, role))
        for cell in card.get(Column.TIME, []):
            draft.deadlines.extend(find_deadlines(view(self.text, cell.span), self.reading.years, slot=True))
        return draft

    def _draft(self, row: list[Cell | None], title: Cell, layout: Layout, action: Words | None) -> DraftTask:
        number, words = self._numbered(title)
        if layout.number is not None and (cell := row[layout.number]) is not None and cell is not title:
            number = "".join(self.text[cell.span.start : cell.span.end].split()).rstrip(".．、") or number
        cells = [cell for cell in row if cell is not None]
        span = Span(min(c.span.start for c in cells if c.rows == 1 or c is title), title.span.end)
        span = Span(min(span.start, title.span.start), max(c.span.end for c in cells if c.rows == 1 or c is title))
        return DraftTask(
            number=number,
            action=action,
            title=words,
            span=span,
            rule="task-table-row",
            confidence=0.95,
            section=title.span.start,
        )

    def _fill(self, draft: DraftTask, row: list[Cell | None], layout: Layout, columns: dict) -> None:
        """Add what a row says to its task; ``columns`` remembers each column for 同上."""
        for index in (layout.title, *layout.bodies):
            cell = row[index]
            if cell is not None:
                self._read_body(draft, cell)
        for index, role in layout.units.items():
            cell = row[index]
            if cell is None or cell is row[layout.title]:
                continue
            units = self._units(cell, role)
            if SAME.match(cell_key(self.text, cell)):
                units = [replace(u, span=cell.span, words=self._raw(cell), rule=f"{u.rule}+same", implicit=True)
                         for u in columns.get(index, [])]  # fmt: skip
            columns[index] = units
            draft.units.extend(unit for unit in units if unit not in draft.units)
        for index in layout.times:
            cell = row[index]
            if cell is None:
                continue
            found = find_deadlines(view(self.text, cell.span), self.reading.years, slot=True)
            if SAME.match(cell_key(self.text, cell)):
                found = [replace(d, span=cell.span, words=self._raw(cell), rule=f"{d.rule}+same", implicit=True)
                         for d in columns.get(index, [])]  # fmt: skip
            columns[index] = found
            draft.deadlines.extend(found)

    def _read_body(self, draft: DraftTask, cell: Cell) -> None:
        piece = view(self.text, cell.span)
        slots = read_slots(piece)
        draft.units.extend(proposed_unit(piece, mention) for mention in slots.units)
        for start, end in slots.taken.gaps(0, len(piece.plain)):
            part = view(self.text, piece.span(start, end))
            draft.deadlines.extend(find_deadlines(part, self.reading.years, slot=False))
        for start, end in slots.time_values:
            part = view(self.text, piece.span(start, end))
            draft.deadlines.extend(find_deadlines(part, self.reading.years, slot=True))

    def _units(self, cell: Cell, role: str) -> list[ProposedUnit]:
        piece = view(self.text, cell.span, breaks=True)
        mentions: list[Mention]
        if SLOT.search(piece.key):
            mentions = read_slots(piece).units
        else:
            mentions = read_units(piece, 0, len(piece.plain), role=role, rule=f"column-{role}", strict=False)
        if role == "responsible" and self.notes.first_leads is not None:
            mentions = first_leads(mentions, self.notes.others_role)
        return [proposed_unit(piece, mention) for mention in mentions]

    def _raw(self, cell: Cell) -> str:
        return self.text[cell.span.start : cell.span.end]

    def _numbered(self, cell: Cell) -> tuple[str | None, Words]:
        """Return the number printed inside a cell, and the title after it."""
        raw = self._raw(cell)
        marker = find_marker(fold(raw))
        start = cell.span.start + (marker.end if marker else 0)
        piece = view(self.text, Span(start, cell.span.end))
        if not piece.plain:
            piece, marker = view(self.text, cell.span), None
        left, right = title_bounds(piece)
        number = marker.printed.replace("(", "（").replace(")", "）") or None if marker else None
        return number, Words(piece.plain[left:right], piece.span(left, right))

    def _words(self, cell: Cell) -> Words:
        return self._numbered(cell)[1]


def _full_row(row: list[Cell | None], keys: list[str], layout: Layout) -> Cell | None:
    """Return the cell of a row that is a heading: one merged cell, or one filled cell among empty ones."""
    filled = [cell for cell, key in zip(row, keys, strict=True) if cell is not None and key]
    if filled and all(cell is filled[0] for cell in filled):
        cell = filled[0]
        if cell.columns * 2 > len(row) or (len(row) >= 3 and cell.column <= 1 and cell.rows == 1):
            return cell
    if layout.number is not None and GROUP_NUMBER.match(keys[layout.number]) and keys[layout.title]:
        title, others = row[layout.title], [*layout.units, *layout.times, *layout.bodies]
        if all(not keys[index] or row[index] is title for index in others):
            return title  # "一 | 水源保护" above rows 1, 2, 3
    return None


def _in_phases(node: Node) -> bool:
    current: Node | None = node
    while current is not None:
        if section_kind(current.title_key) is SectionKind.PHASES:
            return True
        current = current.parent
    return False


def _heading_above(node: Node) -> Words | None:
    """Return the action a table stands under: the title above it when that is not merely 重点任务 or an annex."""
    found = node.title_view
    if found is None or node.marker is None or node.style == "annex" or is_generic(node.title_key):
        return None
    if section_kind(node.title_key) is not SectionKind.OTHER:
        return None
    piece, start, end = found
    return Words(piece.plain[start:end], piece.span(start, end))
