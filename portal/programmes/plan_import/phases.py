"""Phases (阶段) with their first and last day: numbered items, table rows and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.programmes.plan_import.dates import FoundDate, find_dates, first_day
from portal.programmes.plan_import.document import Span, Table
from portal.programmes.plan_import.drafts import Reading
from portal.programmes.plan_import.folding import View, view
from portal.programmes.plan_import.outline import Node
from portal.programmes.plan_import.proposal import ProposedPhase
from portal.programmes.plan_import.section_kinds import SectionKind, section_kind
from portal.programmes.plan_import.table_columns import Column, cell_key, read_head

STAGE_WORD = re.compile(r"阶段")
PREFIX = re.compile(r"^第?[一二三四五六七八\d]+(?:个)?(?:阶段|步)[:、,.]?")
BRACKETED = re.compile(r"[(\[](?P<dates>[^()\[\]]{2,40})[)\]]")
NAMED_THEN_DATES = re.compile(r"(?P<title>[\u4e00-\u9fff]{2,14}阶段)[(\[](?P<dates>[^()\[\]]{3,40})[)\]]")
TITLE_THEN_DATES = re.compile(r"(?P<title>[^,。;:()\[\]]{2,16})[(\[](?=[^()\[\]]{0,12}(?:\d|即日))[^()\[\]]{2,40}[)\]]")
DATES_THEN_NAME = re.compile(r"^(?:为|是|,为)(?P<title>[\u4e00-\u9fff]{2,14}阶段)")
# "分为动员部署（3月）、集中整治（4月至10月）两个阶段": two or more names with dates in one paragraph of the section.
LISTED_WITH_DATES = re.compile(
    r"(?:^|(?<=[,。;:、)]))(?:[^,。;:、()\[\]]{0,12}?(?:分为|分成|包括|分))?(?P<title>[^,。;:、()\[\]]{2,16})[(\[](?P<dates>[^()\[\]]{2,40})[)\]]"
)
NAMES_THE_SECTION = re.compile(r"阶段(?:安排|划分|步骤|任务|目标|部署|计划)")
# What may stand between a date that begins a line and the phase it dates.
BEHIND_DATES = re.compile(r"[)\]]?(?:[:,、.]|为|是|-{1,2})?")
STOP = re.compile(r"[。;:,]|[(\[]")
BRACKET_TITLE = re.compile(r"[(\[](?P<title>[^,。;:、()\d]{2,20})[,、:;-]?$")
MAX_TITLE = 20
HEAD_LENGTH = 60


def find_phases(reading: Reading, root: Node, task_starts: set[int]) -> tuple[ProposedPhase, ...]:
    """Return the phases in reading order; ``task_starts`` are items that are tasks and so no phases."""
    found: list[ProposedPhase] = []
    for node in root.walk():
        if node.start in task_starts and node.marker is not None:
            continue
        found.extend(_of_node(reading, node))
        for table in node.tables:
            in_steps = section_kind(node.title_key) is SectionKind.PHASES
            found.extend(_of_table(reading, table, in_steps=in_steps))
    unique: dict[str, ProposedPhase] = {}
    for phase in sorted(found, key=lambda one: one.span.start):
        unique.setdefault(phase.title, phase)
    return tuple(unique.values())


def _of_node(reading: Reading, node: Node) -> Iterator[ProposedPhase]:
    if not node.pieces:
        return
    first = node.pieces[0]
    parent_is_steps = node.parent is not None and section_kind(node.parent.title_key) is SectionKind.PHASES
    numbered_stage = node.style == "stage"
    title_end = _title_end(first.key)
    names_section = NAMES_THE_SECTION.search(first.key[:title_end])
    names_stage = numbered_stage or bool(STAGE_WORD.search(first.key[:title_end]) and not names_section)
    if parent_is_steps or numbered_stage:
        dated = list(_dates_first(reading, first, numbered_stage=numbered_stage))
        if dated:
            yield from dated
            return
    if node.marker is not None and (names_stage or parent_is_steps) and title_end <= HEAD_LENGTH:
        date = _first_date(reading, node)
        if date is not None and (names_stage or (date[0] is first and 0 <= date[1].start - title_end <= 3)):
            yield _phase(
                reading, first, 0, title_end, *date, rule="phase-item", confidence=0.95 if names_stage else 0.8
            )
            return
    of_steps = section_kind(node.title_key) is SectionKind.PHASES
    for piece in node.pieces:
        listed = list(LISTED_WITH_DATES.finditer(piece.key)) if of_steps else []
        if len(listed) >= 2:
            dates = find_dates(piece, reading.years)
            for named in listed:
                inside = [date for date in dates if named.start("dates") <= date.start < named.end("dates")]
                for found in inside[:1]:
                    start, end = named.span("title")
                    yield _phase(reading, piece, start, end, piece, found, rule="phase-listed", confidence=0.8)
        elif of_steps and (named_line := TITLE_THEN_DATES.match(piece.key)):
            for found in find_dates(piece, reading.years)[:1]:
                end = named_line.end("title")
                yield _phase(reading, piece, 0, end, piece, found, rule="phase-line", confidence=0.8)
        else:
            dated = list(_dates_first(reading, piece, numbered_stage=False)) if of_steps and piece is not first else []
            yield from dated or _in_sentences(reading, piece)


def _dates_first(reading: Reading, piece: View, *, numbered_stage: bool) -> Iterator[ProposedPhase]:
    """Yield the phase of a line that prints its dates first: "3月1日至31日，动员部署阶段。", "（动员部署，3月）"."""
    for found in find_dates(piece, reading.years)[:1]:
        begins = piece.key[: found.start]
        if numbered_stage and begins[:1] in ("(", "[") and len(begins) > 3:
            title = BRACKET_TITLE.match(begins)
            if title and piece.key.find(")", found.start, found.end + 4) >= 0:
                start, end = title.span("title")
                yield _phase(reading, piece, start, end, piece, found, rule="phase-in-bracket", confidence=0.85)
        elif begins in ("", "(", "["):
            start = BEHIND_DATES.match(piece.key, found.end).end()  # type: ignore[union-attr]
            if start == found.end and not piece.gap(start):
                continue
            if piece.key[start : start + 1] in (":", ","):
                start += 1
            end = _stop_after(piece.key, start)
            if 2 <= end - start <= MAX_TITLE:
                yield _phase(reading, piece, start, end, piece, found, rule="phase-dates-first", confidence=0.75)


def _stop_after(key: str, start: int) -> int:
    stop = STOP.search(key, start + 1)
    return stop.start() if stop else len(key)


def _title_end(key: str) -> int:
    prefix = PREFIX.match(key)
    start = prefix.end() if prefix else 0
    stop = STOP.search(key, max(start, 1))
    return stop.start() if stop else len(key)


def _first_date(reading: Reading, node: Node) -> tuple[View, FoundDate] | None:
    """Return the date in brackets behind the title, or the first date of the text right after it."""
    first = node.pieces[0]
    dates = find_dates(first, reading.years)
    for bracket in BRACKETED.finditer(first.key, 0, HEAD_LENGTH + 40):
        for found in dates:
            if bracket.start() <= found.start < bracket.end():
                return first, found
    for piece in node.pieces[:2]:
        for found in find_dates(piece, reading.years)[:1]:
            if found.start <= HEAD_LENGTH // 2 + (_title_end(piece.key) if piece is first else 0):
                return piece, found
    return None


def _phase(
    reading: Reading,
    piece: View,
    start: int,
    end: int,
    date_view: View,
    found: FoundDate,
    *,
    rule: str,
    confidence: float,
) -> ProposedPhase:
    if (prefix := PREFIX.match(piece.key[:end])) and prefix.end() < end:
        start = prefix.end()
    if found.is_range or not (found.before or found.since or (found.ending and found.precision != "quarter")):
        first, last = first_day(date_view, reading.years, found), found.last
    elif found.since:
        first, last = first_day(date_view, reading.years, found), None
    else:
        first, last = None, found.last
        decade = found.precision == "day" and found.ending  # 11月中旬
        if not found.before and (decade or (found.precision == "month" and not found.ending)):
            first = first_day(date_view, reading.years, found)
    dated = date_view.span(found.start, found.end)
    span = Span(min(piece.span(start, end).start, dated.start), max(piece.offsets[end - 1] + 1, dated.end))
    return ProposedPhase(
        span=span,
        words=piece.text[span.start : span.end],
        rule=rule,
        confidence=confidence,
        title=piece.plain[start:end],
        start=first.isoformat() if first else None,
        end=last.isoformat() if last else None,
    )


def _in_sentences(reading: Reading, piece: View) -> Iterator[ProposedPhase]:
    """Yield phases named in running text: "宣传阶段（3月1日至10日）", "3月1日至31日为动员部署阶段"."""
    if "阶段" not in piece.key:
        return
    dates = find_dates(piece, reading.years)
    for match in NAMED_THEN_DATES.finditer(piece.key):
        for found in dates:
            if match.start("dates") <= found.start < match.end("dates"):
                start, end = match.span("title")
                yield _phase(reading, piece, start, end, piece, found, rule="phase-in-text", confidence=0.8)
                break
    for found in dates:
        named = DATES_THEN_NAME.match(piece.key[found.end :])
        if named and found.is_range:
            start, end = (found.end + offset for offset in named.span("title"))
            yield _phase(reading, piece, start, end, piece, found, rule="phase-in-text", confidence=0.8)


def _of_table(reading: Reading, table: Table, *, in_steps: bool) -> Iterator[ProposedPhase]:
    head = read_head(reading.text, table)
    if head is None:
        return
    row_number, kinds = head
    stages = [index for index, kind in kinds.items() if kind is Column.PHASE]
    times = [index for index, kind in kinds.items() if kind is Column.TIME]
    if in_steps and times:  # 时间 | 工作内容, without a column for the phase's name
        stages = stages or [index for index, kind in kinds.items() if kind in (Column.NAME, Column.MEASURES)]
    if not stages:
        return
    seen: set[int] = set()
    for row in table.grid()[row_number:]:
        cell = row[stages[0]]
        if cell is None or id(cell) in seen or not cell_key(reading.text, cell):
            continue
        seen.add(id(cell))
        title = view(reading.text, cell.span)
        sources = [row[index] for index in times] or [cell]
        for source in sources:
            if source is None:
                continue
            piece = view(reading.text, source.span)
            for found in find_dates(piece, reading.years)[:1]:
                end = _title_end(title.key)
                yield _phase(reading, title, 0, end, piece, found, rule="phase-table-row", confidence=0.9)
