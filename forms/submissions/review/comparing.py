"""What differs between two fillings of one form. Pure: schema and answers in, pairs and changed paths out."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from forms.builder.answers import Answers
from forms.builder.scope import BLANK
from forms.submissions.rules import canonical

Pair = tuple[int | None, int | None]
"""Numbers of a row in the newer and in the older table; None where it is not there."""


def aligned(new: Sequence[Answers], old: Sequence[Answers]) -> list[Pair]:
    """Which rows are the same rows: equal ones first, what lies between them one by one; in the order of the newer.

    Every row of either side stands in exactly one pair, and neither side's order is turned round.
    """
    before, after = [canonical(row) for row in old], [canonical(row) for row in new]
    shorter = min(len(before), len(after))
    head = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    tail = next((at for at in range(shorter - head) if before[-1 - at] != after[-1 - at]), shorter - head)
    found: list[Pair] = [(at, at) for at in range(head)]
    middle = SequenceMatcher(None, before[head : len(before) - tail], after[head : len(after) - tail], autojunk=False)
    for _tag, old_from, old_to, new_from, new_to in middle.get_opcodes():
        for step in range(max(old_to - old_from, new_to - new_from)):
            newer = head + new_from + step if new_from + step < new_to else None
            older = head + old_from + step if old_from + step < old_to else None
            found.append((newer, older))
    return found + [(len(after) - at, len(before) - at) for at in range(tail, 0, -1)]


def differ(one: Any, other: Any) -> bool:
    """Whether two answers are not the same; however nothing is written, it is nothing."""
    return one != other and not (one in BLANK and other in BLANK)
