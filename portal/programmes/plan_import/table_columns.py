"""Understanding the head of a task table: which column says what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from portal.programmes.plan_import.document import Cell, Table
from portal.programmes.plan_import.folding import fold
from portal.programmes.plan_import.markers import find_marker

HEAD_ROWS = 4


class Column(StrEnum):
    """What a column of a task table says."""

    NUMBER = "number"
    CATEGORY = "category"
    NAME = "name"
    MEASURES = "measures"
    LEAD = "lead"
    ASSISTING = "assisting"
    RESPONSIBLE = "responsible"
    TIME = "time"
    PHASE = "phase"
    OTHER = "other"


# Folded column heads without white space; the first pattern found decides.
HEADS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.NUMBER, re.compile(r"^(?:任务)?(?:序号|编号|序|No\.?|项次|项号)$", re.IGNORECASE)),
    # 责任单位及责任人: the unit counts, the person is cut off
    (Column.LEAD, re.compile(r"牵头(?:责任)?(?:单位|部门)(?:及|和|与|、|/)")),
    (Column.RESPONSIBLE, re.compile(r"(?:责任|落实|实施)(?:单位|部门)(?:及|和|与|、|/)")),
    (
        Column.OTHER,
        re.compile(
            r"^(?:启动|开始|起始|开工|下达|交办)(?:时间|日期)$|责任人|责任领导|分管|领导|联系|电话|姓名|职务|备注|说明|资金|投资|来源|依据|指标|成果|验收|进展|完成情况|存在|监督"
        ),
    ),
    (Column.LEAD, re.compile(r"牵头|主办|主责|主要责任")),
    (Column.ASSISTING, re.compile(r"配合|协办|协助|参与|协同|参加")),
    (Column.RESPONSIBLE, re.compile(r"责任|落实单位|承办|实施单位|负责|单位|部门|分工|主体")),
    (Column.PHASE, re.compile(r"阶段|步骤")),
    (Column.TIME, re.compile(r"时限|时间|期限|进度|节点|日期|时效|频次")),
    (Column.CATEGORY, re.compile(r"类别|领域|板块|方面|分类|专项|行动|工程|所属|大类|类型|一级")),
    (Column.MEASURES, re.compile(r"措施|举措|内容|要求|目标|标准|做法|要点")),
    (Column.NAME, re.compile(r"任务|事项|项目|工作|名称|问题|重点|条目")),
)
UNITS = {Column.LEAD: "lead", Column.ASSISTING: "assisting", Column.RESPONSIBLE: "responsible"}


@dataclass(frozen=True)
class Layout:
    """Where a task table keeps what; ``first_row`` is the first row below the head."""

    first_row: int
    title: int
    action: int | None = None
    number: int | None = None
    bodies: tuple[int, ...] = ()
    units: dict[int, str] = field(default_factory=dict)
    times: tuple[int, ...] = ()


def cell_key(text: str, cell: Cell | None) -> str:
    """Return the folded text of a cell without white space, "" for a missing cell."""
    return re.sub(r"\s+", "", fold(text[cell.span.start : cell.span.end])) if cell else ""


def read_head(text: str, table: Table) -> tuple[int, dict[int, Column]] | None:
    """Return the row below the head and the kind of each column, or None when no row reads as a head."""
    best: tuple[int, dict[int, Column]] | None = None
    width = table.width
    grid = table.grid()
    for number, row in enumerate(grid[:HEAD_ROWS]):
        columns: dict[int, Column] = {}
        below = number + 1
        for index, cell in enumerate(row):
            key = re.sub(r"\([^()]*\)", "", cell_key(text, cell)) or cell_key(text, cell)
            if not key or len(key) > 16 or (cell and cell.columns >= max(3, width)):
                continue
            for kind, pattern in HEADS:
                if pattern.search(key):
                    columns[index] = kind
                    break
            if cell is not None and cell.rows > 1:
                below = max(below, cell.row + cell.rows)
        if below > number + 1 and number + 1 < len(grid):  # a head of two rows: the lower one splits merged heads
            for index, cell in enumerate(grid[number + 1]):
                if cell is not None and cell is not row[index]:
                    key = cell_key(text, cell)
                    lower = next((k for k, pattern in HEADS if len(key) <= 16 and pattern.search(key)), None)
                    if lower is not None:
                        columns[index] = lower
        if len(columns) >= 2 and (best is None or len(columns) > len(best[1])):
            best = (below, columns)
    return best


def read_layout(text: str, table: Table) -> Layout | None:
    """Return the layout of a task table, or None when the table is none (a list of members, of phases…)."""
    head = read_head(text, table)
    if head is None:
        return None
    first_row, kinds = head
    units = {index: UNITS[kind] for index, kind in kinds.items() if kind in UNITS}
    times = tuple(index for index, kind in kinds.items() if kind is Column.TIME)
    words = [i for i, kind in kinds.items() if kind in (Column.CATEGORY, Column.NAME, Column.MEASURES)]
    if not words or Column.PHASE in kinds.values() or not (units or (times and len(words) >= 2)):
        return None
    number = next((index for index, kind in kinds.items() if kind is Column.NUMBER), None)
    action: int | None = None
    category = [index for index in words if kinds[index] is Column.CATEGORY]
    rest = [index for index in words if index not in category]
    if category and rest:
        action = category[0]
        words = rest
    elif len(words) >= 2 and _is_grouping(text, table, words[0], words[1], first_row):
        merged = number is not None and any(c is not None and c.rows > 1 for c in _column(table, number, first_row))
        own_numbers = any(c is not None and _is_numbered(text, c) for c in _column(table, words[1], first_row))
        if own_numbers or not merged:
            action, words = words[0], words[1:]
            number = None if merged else number  # the number is the action's
    return Layout(first_row, words[0], action, number, tuple(words[1:]), units, times)


def read_card(text: str, table: Table) -> dict[Column, list[Cell]] | None:
    """Return the cells of a task card, a table of two columns whose left one holds the labels; else None."""
    if table.width != 2 or table.height < 3:
        return None
    found: dict[Column, list[Cell]] = {}
    for label, value in table.grid():
        key = cell_key(text, label).rstrip(":")
        kind = next((k for k, pattern in HEADS if key and len(key) <= 10 and pattern.search(key)), None)
        if kind is not None and value is not None and value is not label:
            found.setdefault(kind, []).append(value)
    named = Column.NAME in found and any(kind in found for kind in UNITS)
    return found if named and len(found) >= 3 else None


def _column(table: Table, index: int, first_row: int) -> list[Cell | None]:
    return [row[index] for row in table.grid()[first_row:]]


def _is_numbered(text: str, cell: Cell) -> bool:
    return find_marker(fold(text[cell.span.start : cell.span.end])) is not None


def _is_grouping(text: str, table: Table, column: int, following: int, first_row: int) -> bool:
    """Tell whether ``column`` groups rows: a cell over several rows beside different cells of the next column."""
    grid = table.grid()[first_row:]
    for upper, lower in pairwise(grid):
        one, two = upper[column], lower[column]
        beside, below = upper[following], lower[following]
        if one is None or two is None or one is beside or two is below:
            continue
        same = (
            one is two
            or cell_key(text, one) == cell_key(text, two) != ""
            or (not cell_key(text, two) and cell_key(text, below))
        )
        if same and beside is not below:
            return True
    return False
