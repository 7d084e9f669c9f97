"""The lists of the sheet choices, and which of their choices belong to which answer of another question."""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forms.builder.schema import KEY
from forms.exchange.xlsform.headings import Line
from forms.exchange.xlsform.names import NAMES_OF_IMPORTS
from forms.exchange.xlsform.portal_sheet import mark_of_lines

NAME = r"\$\{\s*(?P<name>[^{}\s]+)\s*\}"
COLUMN = r"(?P<column>[^\W\d][\w.-]*)"
CONDITIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{COLUMN}\s*=\s*''\s+or\s+selected\(\s*(?P=column)\s*,\s*{NAME}\s*\)",
        rf"{COLUMN}\s*=\s*{NAME}",
        rf"{NAME}\s*=\s*{COLUMN}",
        rf"selected\(\s*{COLUMN}\s*,\s*{NAME}\s*\)",
        rf"selected\(\s*{NAME}\s*,\s*{COLUMN}\s*\)",
    )
)

Choice = dict[str, Any]


@dataclass(frozen=True)
class Filter:
    """Choices whose column holds the answer of another question."""

    column: str
    parent: str
    """Name of the other question."""


def filters_of(expression: str) -> list[Filter] | None:
    """The conditions of a choice_filter; None if it is anything but columns compared with answers."""
    found = []
    for part in re.split(r"\s+and\s+", expression.strip().strip("()").strip() if " and " in expression else expression):
        match = next((match for pattern in CONDITIONS if (match := pattern.fullmatch(part.strip()))), None)
        if match is None:
            return None
        found.append(Filter(match["column"], match["name"]))
    return found


class ChoiceLists:
    """All lists of a workbook."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lists: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            if line.get("list_name") and line.get("name"):
                self.lists[line.get("list_name")].append(line)

    def __contains__(self, name: str) -> bool:
        return name in self.lists

    def codes(self, name: str) -> dict[str, str]:
        """Names of the choices → codes."""
        return {line.get("name"): code_of(line.get("name")) for line in self.lists.get(name, [])}

    def choices(self, name: str) -> list[Choice]:
        """Codes and labels, each code once."""
        found: dict[str, Choice] = {}
        for line in self.lists.get(name, []):
            code = code_of(line.get("name"))
            found.setdefault(code, {"code": code, "label": line.get("label") or line.get("name")})
        return list(found.values())

    def mark(self, name: str) -> str:
        """By which a change of the list is noticed."""
        rows = [{**line.cells, "within": cell(line, "within")} for line in self.lists.get(name, [])]
        return mark_of_lines({key: text for key, text in row.items() if text} for row in rows)

    def within(self, name: str, column: str, codes: Mapping[str, str], *, many: bool = True) -> dict[str, list[str]]:
        """Code of a choice → codes of the choices it belongs to, as the column says."""
        found: dict[str, list[str]] = defaultdict(list)
        for line in self.lists.get(name, []):
            text = cell(line, column)
            for parent in [text] if text in codes else text.split():
                code = codes.get(parent, code_of(parent))
                if code not in found[code_of(line.get("name"))]:
                    found[code_of(line.get("name"))].append(code)
        return found

    def decisive(self, name: str, filters: Sequence[Filter]) -> Filter | None:
        """Of several conditions the one that the others follow from: a city tells its county and state."""
        lines = self.lists.get(name, [])
        for one in reversed(filters):
            rest = [other.column for other in filters if other is not one]
            seen: dict[str, tuple[str, ...]] = {}
            if all(
                seen.setdefault(cell(line, one.column), tuple(cell(line, column) for column in rest))
                == tuple(cell(line, column) for column in rest)
                for line in lines
            ):
                return one
        return None


def cell(line: Line, column: str) -> str:
    """A cell of any column, by its heading as it stands there."""
    return line.get(column) or next((text for name, text in line.others.items() if name == column), "")


def code_of(name: str) -> str:
    """The code of a choice: its name where that can be one, else one made of it."""
    return name if KEY.fullmatch(name) else str(uuid.uuid5(NAMES_OF_IMPORTS, name))


def or_other(choices: list[Choice]) -> list[Choice]:
    """The list with a last choice for whatever else."""
    if any(choice["code"] == "other" for choice in choices):
        return choices
    return [*choices, {"code": "other", "label": _("Other")}]
