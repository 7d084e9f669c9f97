"""What the browser draws a chart from: labels, values and where a bar leads, as plain JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from forms.collection.rules import Rate
from forms.reporting.indicators.enums import Split
from forms.reporting.indicators.rules import shown
from forms.reporting.indicators.services import Result

if TYPE_CHECKING:
    from forms.reporting.cards import Card

MOST_BARS = 60
"""More lines than this are in the table only; the chart says so."""


def chart_of(found: Result, addresses: Sequence[str]) -> dict[str, Any] | None:
    """The chart of an indicator; None where there is nothing to draw."""
    lines = found.lines[:MOST_BARS]
    if not any(line.figure.value is not None for line in lines):
        return None
    return {
        "kind": "line" if found.indicator.split == Split.PERIOD else "bar",
        "name": found.indicator.title,
        "measure": found.measure,
        "labels": [line.label for line in lines],
        "values": [None if line.figure.value is None else float(shown(line.figure.value)) for line in lines],
        "urls": list(addresses[:MOST_BARS]),
    }


def chart_of_rates(name: str, rates: Sequence[tuple[str, Rate, str]]) -> dict[str, Any] | None:
    """A chart of shares in per cent: label, rate and address of each bar."""
    known = [one for one in rates if one[1].percent is not None][:MOST_BARS]
    if not known:
        return None
    return {
        "kind": "bar",
        "name": name,
        "measure": "%",
        "most": 100,
        "labels": [label for label, _rate, _url in known],
        "values": [rate.percent for _label, rate, _url in known],
        "urls": [url for _label, _rate, url in known],
    }


def bars(card: "Card") -> list[tuple[str, float, float, str]]:
    """A chart for paper: label, where the bar begins and how long it is in per cent of the width, value in words."""
    if card.chart is None:
        return []
    values = [value or 0 for value in card.chart["values"]]
    least, most = min(0, *values), max(card.chart.get("most") or 0, *values, 0)
    width = (most - least) or 1
    return [
        (
            label,
            round(100 * (min(value, 0) - least) / width, 2),
            round(100 * abs(value) / width, 2),
            _words(card, value),
        )
        for label, value in zip(card.chart["labels"], values, strict=True)
    ]


def _words(card: "Card", value: float) -> str:
    measure = card.chart["measure"] if card.chart else ""
    return f"{value:,.10g} {measure}".strip()
