"""The matrix read unit by unit: what a telephone shows, and what has to be chased."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from forms.reporting.matrix.enums import TROUBLED, CellKind
from forms.reporting.matrix.services import Matrix, Row
from forms.reporting.matrix.wording import words_of

ALL_CELLS_UP_TO = 600
"""With more cells than this, the lists name only what is overdue or was returned; the rest is counted."""


@dataclass(frozen=True)
class Item:
    """One report of a unit, in words."""

    requirement: str
    period: str
    kind: CellKind
    words: str
    url: str
    overdue: bool


@dataclass(frozen=True)
class UnitList:
    """A unit with its reports."""

    row: Row
    counted: list[tuple[CellKind, int]]
    items: list[Item]
    is_complete: bool


def unit_lists(found: Matrix) -> list[UnitList]:
    """One list for each unit, in the order of the matrix."""
    is_complete = len(found.rows) * len(found.columns) <= ALL_CELLS_UP_TO
    titles = [(group.title, column.period.name) for group in found.groups for column in group.columns]
    lists = []
    for row in found.rows:
        number = Counter(cell.verdict.kind for cell in row.cells)
        counted: list[tuple[CellKind, int]] = [
            (kind, number[kind]) for kind in CellKind if number[kind] and kind != CellKind.NOT_EXPECTED
        ]
        lists.append(UnitList(row, counted, list(_items(row, titles, everything=is_complete)), is_complete))
    return lists


@dataclass(frozen=True)
class Trouble:
    """What a unit has to be asked for."""

    unit: str
    items: list[Item]


def troubles(found: Matrix) -> list[Trouble]:
    """What is overdue or was returned, unit by unit, those with most of it first."""
    titles = [(group.title, column.period.name) for group in found.groups for column in group.columns]
    all_of_them = [Trouble(str(row.unit), list(_items(row, titles, everything=False))) for row in found.rows]
    return sorted((one for one in all_of_them if one.items), key=lambda one: -len(one.items))


def _items(row: Row, titles: list[tuple[str, str]], *, everything: bool) -> Iterator[Item]:
    for (requirement, period), cell in zip(titles, row.cells, strict=True):
        kind = cell.verdict.kind
        if kind == CellKind.NOT_EXPECTED or not (everything or kind in TROUBLED):
            continue
        url = reverse("submissions:detail", args=[cell.report]) if cell.report is not None else ""
        yield Item(requirement, period, kind, words_of(cell.verdict), url, cell.verdict.overdue)
