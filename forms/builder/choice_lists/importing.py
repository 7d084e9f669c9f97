"""From the cells of a table to lines of a list of choices. Pure; what cannot be taken is said by row.

One column is the choice; two are code and choice, or choice and where it belongs, whichever fits; three are code,
choice and where it belongs. Headings name the columns where there are some.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from forms.builder.choice_lists.lines import MAX_CHOICES, Line
from forms.builder.fields.offers import plain
from forms.builder.fields.setting_blocks import MAX_LABEL
from forms.builder.rules import clean_line
from forms.builder.schema import KEY

HEADINGS = {
    "code": ("编码", "代码", "编号", "标识", "code", "name", "value"),
    "label": (
        "选项",
        "名称",
        "选项名称",
        "标签",
        "陈述",
        "题项",
        "label",
        "choice",
        "statement",
        "label::中文",
        "label::chinese",
    ),
    "within": ("属于", "上级", "所属", "上级选项", "within", "parent", "belongs to", "belongsto"),
}
SEPARATORS = re.compile(r"[、；;|\n]")
MAX_FAULTS = 50
"""More are not of use to anybody; the count is of all."""


@dataclass
class ImportedLines:
    """What a table brought: lines, and what could not be taken, in words."""

    lines: list[Line] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """For the grid."""
        hidden = len(self.faults) - MAX_FAULTS
        more = [gettext("%(count)d more rows could not be taken.") % {"count": hidden}] if hidden > 0 else []
        return {"lines": self.lines, "faults": [*self.faults[:MAX_FAULTS], *more]}


def read_lines(cells: Sequence[Sequence[str]], parents: Mapping[str, str]) -> ImportedLines:
    """The lines of a table; `parents` are the choices (code → label) to which lines may belong, none without a filter.

    Codes that are missing stay missing: the grid gives new lines theirs. A label that comes twice is taken once.
    """
    rows = [
        (number, [clean_line(unicodedata.normalize("NFC", cell)) for cell in line])
        for number, line in enumerate(cells, start=1)
    ]
    rows = [(number, line) for number, line in rows if any(line)]
    found = ImportedLines()
    if not rows:
        found.faults.append(gettext("The table is empty."))
        return found
    places, has_heading = columns_of([line for _number, line in rows], parents)
    reader = Reader(parents, found)
    for number, line in rows[1 if has_heading else 0 :]:
        cell = {name: line[place] if place < len(line) else "" for name, place in places.items()}
        reader.take(number, cell.get("code", ""), cell.get("label", ""), cell.get("within", ""))
    if not found.lines and not found.faults:
        found.faults.append(gettext("The table is empty."))
    return found


def columns_of(rows: Sequence[Sequence[str]], parents: Mapping[str, str]) -> tuple[dict[str, int], bool]:
    """Place of each column, and whether the first row is a heading."""
    heading = [cell.casefold().rstrip("*").strip() for cell in rows[0]]
    named = {
        name: next(place for place, cell in enumerate(heading) if cell in words)
        for name, words in HEADINGS.items()
        if any(cell in words for cell in heading)
    }
    if "label" in named and len(named) == sum(1 for cell in heading if cell):
        return named, True
    width = max(
        (place for row in rows for place, cell in enumerate(row, start=1) if cell),
        default=1,
    )
    if width == 1:
        return {"label": 0}, False
    if width == 2:
        known = {plain(label) for label in parents.values()}
        seconds = [row[1] for row in rows if len(row) > 1 and row[1]]
        named_parents = [cell for cell in seconds if all(plain(part) in known for part in SEPARATORS.split(cell))]
        if len(named_parents) * 2 > len(seconds):
            return {"label": 0, "within": 1}, False
        return {"code": 0, "label": 1}, False
    return {"code": 0, "label": 1, "within": 2}, False


class Reader:
    """Takes rows one by one, and knows what came before."""

    def __init__(self, parents: Mapping[str, str], found: ImportedLines) -> None:
        self.parents = parents
        self.by_label = {plain(label): code for code, label in parents.items()}
        self.found = found
        self.labels: set[str] = set()
        self.codes: set[str] = set()

    def take(self, number: int, code: str, label: str, within: str) -> None:
        """One row, or why it cannot be taken."""
        fault = self.fault(code, label)
        belongs, strangers = self.parents_of(within)
        if fault is None and strangers and self.parents:
            fault = gettext("“%(label)s” is no choice of the question that decides.") % {"label": "、".join(strangers)}
        if fault is not None:
            words = {"number": number, "fault": fault}
            self.found.faults.append(gettext("Row %(number)d: %(fault)s") % words)
            return
        line: Line = {"code": code, "label": label}
        if belongs:
            line["within"] = belongs
        self.labels.add(label)
        self.codes.add(code)
        self.found.lines.append(line)

    def fault(self, code: str, label: str) -> str | None:
        """What is wrong with a row."""
        if not label:
            return gettext("The choice is missing.")
        if len(label) > MAX_LABEL:
            message = gettext("“%(label)s” is too long: at most %(most)d characters.")
            return message % {"label": label[:20] + "…", "most": MAX_LABEL}
        if label in self.labels:
            return gettext("“%(label)s” stands in the list twice.") % {"label": label}
        if code and (not KEY.fullmatch(code) or code in self.codes):
            message = gettext("The code “%(code)s” cannot be used. %(rule)s")
            rule = gettext("A code has 1–64 letters, digits, - and _, and stands in the list once.")
            return message % {"code": code[:64], "rule": rule}
        if len(self.found.lines) >= MAX_CHOICES:
            return gettext("At most %(most)s choices fit.") % {"most": MAX_CHOICES}
        return None

    def parents_of(self, within: str) -> tuple[list[str], list[str]]:
        """Codes of the parents named in a cell, by code or label, and those that are none."""
        codes: list[str] = []
        strangers: list[str] = []
        for part in filter(None, (part.strip() for part in SEPARATORS.split(within))):
            code = part if part in self.parents else self.by_label.get(plain(part))
            (codes if code else strangers).append(code or part)
        return list(dict.fromkeys(codes)), strangers
