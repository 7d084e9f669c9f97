"""Rules of the plan that compute and ask nobody: marks in a text, where words stand, what a unit's name tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portal.programmes.plan_import.document import Span
from portal.units.enums import UnitKind


@dataclass(frozen=True)
class Mark:
    """A stretch ``text[start:end]`` that an item of the ledger came from; ``key`` names the item."""

    key: str
    kind: str
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True)
class Segment:
    """A stretch of text over which the same marks lie, the widest first; ``begins`` are those starting here."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    begins: tuple[Mark, ...]


def segments(length: int, marks: Iterable[Mark]) -> list[Segment]:
    """Cut a text of ``length`` characters wherever a mark begins or ends.

    The segments follow each other without a gap from 0 to ``length``; marks may overlap or nest in any way. Marks
    that reach beyond the text are cut at its ends, empty ones are left out.
    """
    clipped = [(max(0, mark.start), min(length, mark.end), mark) for mark in marks]
    real = sorted(
        ((start, end, mark) for start, end, mark in clipped if start < end), key=lambda item: (item[0], -item[1])
    )
    borders = sorted({0, length} | {place for start, end, _ in real for place in (start, end)})
    found: list[Segment] = []
    lying: list[tuple[int, int, Mark]] = []
    waiting = iter(real)
    following = next(waiting, None)
    for start, end in pairwise(borders):
        lying = [item for item in lying if item[1] > start]
        begins: list[Mark] = []
        while following is not None and following[0] == start:
            lying.append(following)
            begins.append(following[2])
            following = next(waiting, None)
        widest_first = sorted(lying, key=lambda item: item[0] - item[1])
        found.append(Segment(start, end, tuple(mark for *_, mark in widest_first), tuple(begins)))
    return found


def locate(text: str, words: str, within: Span | None = None) -> Span | None:
    """Find where ``words`` stand in ``text`` (or in a stretch of it), whatever blanks and line breaks lie between.

    A plan's lines are often broken in the middle of a word, so blanks count neither in the text nor in the words.
    None when the words are empty or do not occur.
    """
    wanted = "".join(words.split())
    start, end = within or Span(0, len(text))
    places = [place for place in range(max(0, start), min(end, len(text))) if not text[place].isspace()]
    found = "".join(text[place] for place in places).find(wanted) if wanted else -1
    return Span(places[found], places[found + len(wanted) - 1] + 1) if found >= 0 else None


KIND_PATTERNS: Sequence[tuple[str, UnitKind]] = (
    (r"^[各]|^(市|县|区|省)?(有关|相关)|成员单位|责任单位", UnitKind.COLLECTIVE),
    (
        r"委(员会)?(政法委|宣传部|组织部|统战部)|^(市|县|区|省)委(?!员会)|政法委|宣传部|组织部|统战部|纪委|文明办",
        UnitKind.PARTY,
    ),
    (r"街道|镇(人民政府|政府)?$|乡(人民政府|政府)?$", UnitKind.STREET),
    (r"[区县](人民政府|政府)$|管委会$|管理委员会$|^[^局委]{1,6}[区县]$", UnitKind.DISTRICT),
    (r"市(人民政府|政府)$", UnitKind.CITY),
    (r"[站院校所园馆队]$|中心$|学校$|公司$|集团$", UnitKind.INSTITUTION),
    (r"[科处]$", UnitKind.DIVISION),
    (r"[局委厅办部]$|委员会$|办公室$|联合会$|残联$|妇联$", UnitKind.BUREAU),
)
"""What the words of a unit's name say of its kind; the first that fits counts."""


def guess_kind(name: str) -> UnitKind:
    """Guess what sort of body a unit is from its name; an administrator may correct it."""
    return next((kind for pattern, kind in KIND_PATTERNS if re.search(pattern, name)), UnitKind.OTHER)
