"""The cards of the page of figures: a chart, the table beside it, and what the figures are made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext

from forms.collection.rules import Rate
from forms.reporting.charts import chart_of, chart_of_rates
from forms.reporting.indicators.enums import Aggregation
from forms.reporting.indicators.rules import Figure, shown
from forms.reporting.indicators.services import Result
from forms.reporting.indicators.wording import basis, made_of, rule, value_in_words
from forms.reporting.matrix.rules import Count
from forms.reporting.matrix.services import Matrix
from forms.reporting.matrix.wording import worked_out

RULE = _lazy(
    "Completeness = reports that have arrived (waiting for review or accepted) ÷ reports expected. Timeliness = "
    "reports that have arrived and were first sent in time ÷ reports expected. A returned report has not arrived; "
    "a waived one is not expected; totals of units count only periods that have opened."
)


@dataclass(frozen=True)
class TableRow:
    """One line of the table; what leads to the reports behind it stands in `url`."""

    label: str
    cells: tuple[str, ...]
    numbers: tuple[Any, ...] = ()
    """What a workbook shows in place of the cells: numerators and denominators as numbers."""
    url: str = ""
    is_red: bool = False


@dataclass(frozen=True)
class Card:
    """A figure as it is shown and exported."""

    key: str
    title: str
    rule: str
    headings: tuple[str, ...]
    number_headings: tuple[str, ...]
    rows: list[TableRow]
    total: TableRow | None = None
    chart: dict[str, Any] | None = None
    note: str = ""
    problems: list[str] = field(default_factory=list)
    edit_url: str = ""
    url: str = ""


def indicator_card(found: Result, query: dict[str, str], *, may_edit: bool = False) -> Card:
    """An indicator; `query` is the choice that the address carries on."""
    here = reverse("reporting:indicator", args=[found.indicator.pk]) if found.indicator.pk else ""
    urls = [f"{here}?{urlencode({**query, **line.way})}" if here and line.way else "" for line in found.lines]
    rows = [_figure_row(found, line.label, line.figure, url) for line, url in zip(found.lines, urls, strict=True)]
    return Card(
        key=f"indicator-{found.indicator.pk or 'new'}",
        title=found.indicator.title,
        rule=rule(found),
        headings=(
            found.indicator.get_split_display(),
            pgettext("figures", "Value"),
            pgettext("figures", "Made of"),
            pgettext("figures", "Answered / accepted"),
        ),
        number_headings=(
            found.indicator.get_split_display(),
            pgettext("figures", "Value"),
            _("Unit of measure"),
            pgettext("figures", "Numerator"),
            pgettext("figures", "Denominator"),
            pgettext("figures", "Reports that answered"),
            pgettext("figures", "Accepted reports"),
            pgettext("figures", "Nil reports"),
        ),
        rows=rows,
        total=None if found.is_broken else _figure_row(found, pgettext("figures", "Total"), found.total, is_total=True),
        chart=chart_of(found, urls),
        note=found.indicator.note,
        problems=[one.words for one in found.problems],
        edit_url=reverse("reporting:edit", args=[found.indicator.pk]) if may_edit and found.indicator.pk else "",
        url=f"{here}?{urlencode(query)}" if here else "",
    )


def _figure_row(found: Result, label: str, figure: Figure, url: str = "", *, is_total: bool = False) -> TableRow:
    cells = (value_in_words(found, figure), made_of(found, figure, is_total=is_total), basis(figure))
    value = None if figure.value is None else float(shown(figure.value))
    part: float | None = float(figure.total)
    whole: int | None = figure.number
    if found.aggregation == Aggregation.SHARE_YES or (found.counts_choices and not is_total):
        part = figure.hits
    elif found.aggregation in {Aggregation.COUNT, Aggregation.CHOICE, Aggregation.LATEST}:
        part, whole = value, None
    numbers = (value, found.measure, part, whole, figure.answered, figure.accepted, figure.nil)
    return TableRow(label, cells, numbers, url)


def rate_cards(found: Matrix, query: dict[str, str]) -> list[Card]:
    """Completeness and timeliness by requirement and by unit, the worst first."""
    by_requirement = []
    for group in found.groups:
        count = sum_of([column.count for column in group.columns if not column.is_upcoming])
        by_requirement.append((group.title, count, {"requirement": str(group.requirement_id)}))
    by_unit = [(str(row.unit), row.count, {"unit": str(row.unit.pk)}) for row in found.rows]
    return [
        _rates("requirements", _("Completeness by requirement"), _("Requirement"), by_requirement, found.count, query),
        _rates("units", _("Completeness by unit"), _("Unit"), by_unit, found.count, query),
    ]


def sum_of(counts: Sequence[Count]) -> Count:
    """Several counts together."""
    names = ("expected", "arrived", "timely", "overdue", "returned")
    return Count(*(sum(getattr(count, name) for count in counts) for name in names))


def _rates(
    key: str,
    title: str,
    heading: str,
    counted: list[tuple[str, Count, dict[str, str]]],
    total: Count,
    query: dict[str, str],
) -> Card:
    known = [one for one in counted if one[1].expected]
    known.sort(key=lambda one: (-one[1].overdue, one[1].completeness.percent or 0))
    matrix = reverse("reporting:matrix")
    ways = [f"{matrix}?{urlencode({**query, **way})}" for _label, _count, way in known]
    rows = [
        TableRow(label, _cells(count), _numbers(count), url, is_red=count.overdue > 0)
        for (label, count, _way), url in zip(known, ways, strict=True)
    ]
    drawn: list[tuple[str, Rate, str]] = [
        (label, count.completeness, url) for (label, count, _way), url in zip(known, ways, strict=True)
    ]
    here = f"{matrix}?{urlencode(query)}"
    return Card(
        key=key,
        title=title,
        rule=str(RULE),
        headings=(heading, _("Completeness"), _("Timeliness"), _("Overdue")),
        number_headings=(
            heading,
            pgettext("figures", "Expected"),
            pgettext("figures", "Arrived"),
            pgettext("figures", "Completeness in %"),
            pgettext("figures", "In time"),
            pgettext("figures", "Timeliness in %"),
            _("Overdue"),
        ),
        rows=rows,
        total=TableRow(pgettext("figures", "Total"), _cells(total), _numbers(total), here) if rows else None,
        chart=chart_of_rates(title, drawn),
        url=here,
    )


def _cells(count: Count) -> tuple[str, ...]:
    return worked_out(count.completeness), worked_out(count.timeliness), str(count.overdue)


def _numbers(count: Count) -> tuple[Any, ...]:
    complete, timely = count.completeness, count.timeliness
    return count.expected, count.arrived, complete.percent, count.timely, timely.percent, count.overdue
