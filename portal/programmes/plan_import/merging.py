"""One list of tasks from prose and tables: an annex that repeats the body's tasks must not double them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from portal.programmes.plan_import.drafts import DraftTask
from portal.programmes.plan_import.folding import fold

SIMILAR = 0.72
MAX_COMPARED = 400


def merge_tasks(prose: list[DraftTask], table: list[DraftTask]) -> list[DraftTask]:
    """Return the plan's tasks in reading order.

    Where the two lists speak of the same tasks, the one that names units is kept and takes over what only the other
    says. Prose without any units beside a table with units describes the same work and is left out.
    """
    if not prose or not table:
        return prose or table
    pairs = _pairs(prose, table)
    prose_named, table_named = any(_named(t) for t in prose), any(_named(t) for t in table)
    if not pairs:
        if table_named and not prose_named:
            return table
        return sorted([*prose, *table], key=lambda draft: draft.span.start)
    keep_table = sum(_named(t) for t in table) >= sum(_named(t) for t in prose) and (
        (table_named and not prose_named) or len(table) > len(prose)
    )
    kept, other = (table, prose) if keep_table else (prose, table)
    for prose_index, table_index in pairs:
        mine, theirs = (
            (table[table_index], prose[prose_index]) if keep_table else (prose[prose_index], table[table_index])
        )
        _take_over(mine, theirs)
    matched = {pair[0] if keep_table else pair[1] for pair in pairs}
    extra = [draft for index, draft in enumerate(other) if index not in matched and _named(draft)]
    if keep_table and not prose_named:
        extra = []
    return sorted([*kept, *extra], key=lambda draft: draft.span.start)


def _named(draft: DraftTask) -> bool:
    """Tell whether a draft names its units in slots, columns or assignments, not merely in passing."""
    return any(unit.rule != "duty-in-prose" for unit in draft.units)


def _take_over(mine: DraftTask, theirs: DraftTask) -> None:
    if not _named(mine) or len(theirs.units) > len(mine.units):
        mine.units = theirs.units or mine.units
    mine.deadlines.extend(theirs.deadlines)
    mine.action = mine.action or theirs.action
    mine.number = mine.number or theirs.number


def _pairs(prose: list[DraftTask], table: list[DraftTask]) -> list[tuple[int, int]]:
    """Return index pairs of drafts with like titles, each draft once, the likest first."""
    if len(prose) > MAX_COMPARED or len(table) > MAX_COMPARED:
        return []
    left = [_bare(draft.title.value) for draft in prose]
    right = [_bare(draft.title.value) for draft in table]
    scored = sorted(
        ((_likeness(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)),
        key=lambda s: (-s[0], s[1], s[2]),
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for score, i, j in scored:
        if score < SIMILAR:
            break
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((i, j))
    return pairs


def _likeness(one: str, two: str) -> float:
    if not one or not two:
        return 0.0
    short, long = sorted((one, two), key=len)
    if len(short) >= 4 and short in long:
        return 0.95
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= SIMILAR else 0.0


def _bare(title: str) -> str:
    return re.sub(r"\W", "", fold(title))
