"""The matrix as plain rows, for workbooks."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forms.reporting.matrix.rules import Count
from forms.reporting.matrix.services import Group, Matrix
from forms.reporting.matrix.wording import words_of


def table_of(found: Matrix) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows: a unit's figures with numerator and denominator, then a cell in words for each period."""
    headings = [
        _("Unit"),
        pgettext("figures", "Expected"),
        pgettext("figures", "Arrived"),
        pgettext("figures", "Completeness in %"),
        pgettext("figures", "In time"),
        pgettext("figures", "Timeliness in %"),
        _("Overdue"),
        *(f"{group.title} · {column.period}" for group in found.groups for column in group.columns),
    ]
    shares = [column.count.completeness.percent for column in found.columns]
    total: list[Any] = [_("All units"), *_figures(found.count), *shares]
    rows = [
        [str(row.unit), *_figures(row.count), *(words_of(cell.verdict) for cell in row.cells)] for row in found.rows
    ]
    return headings, [total, *rows]


def in_parts(found: Matrix, most: int) -> Iterator[Matrix]:
    """The matrix cut into parts of so many columns, each with all its rows: what a page is wide enough for."""
    if not found.columns:
        return
    titled = [(group, column) for group in found.groups for column in group.columns]
    for start in range(0, len(titled), most):
        groups: list[Group] = []
        for group, column in titled[start : start + most]:
            if not groups or groups[-1].requirement_id != group.requirement_id:
                groups.append(replace(group, columns=[]))
            groups[-1].columns.append(column)
        rows = [replace(row, cells=row.cells[start : start + most]) for row in found.rows]
        yield replace(found, groups=groups, rows=rows)


def _figures(count: Count) -> tuple[Any, ...]:
    complete, timely = count.completeness, count.timeliness
    return count.expected, count.arrived, complete.percent, count.timely, timely.percent, count.overdue
