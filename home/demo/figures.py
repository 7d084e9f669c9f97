"""Months of figures, so that the matrix and the charts have something to show; and the indicators over them."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from forms.builder.models import FormPage
from forms.collection.models import ExpectedReport, Requirement
from forms.collection.waiving import waive
from forms.reporting.indicators.composing import save_indicator
from forms.reporting.indicators.models import Indicator
from home.demo.answers import DemoAnswerError
from home.demo.reports import ReportsLoader
from portal.accounts.models import User
from portal.units.models import Unit

DATA = Path(__file__).parent / "data" / "figures.json"
DUE_DAY, OPENS_DAY, CLOSES_AFTER = 5, 25, 12
LATE_FIGURES = [10, 3, 0, 2, 1]
"""Of a report that came late, or was returned."""
WORDS = {"主要工作及成效": "按方案开展街面巡查和救助，情况见主要数据。", "下一步工作安排": "继续巡查，跟进整改。"}


def load_figures(
    *, loader: ReportsLoader, forms: Mapping[str, FormPage], units: Mapping[str, Unit], coordinator: User, editor: User
) -> None:
    """The monthly reports of the districts and the indicators; what is there already is left alone."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    monthly = data["monthly"]
    if loader.load([_requirement(monthly)]):
        requirement = Requirement.objects.get(title=monthly["title"])
        _waive(requirement, monthly, units, coordinator)
    for row in data["indicators"]:
        if not Indicator.objects.filter(title=row["title"]).exists():
            _indicator(row, forms, monthly["title"], editor)


def _months(count: int) -> list[tuple[str, datetime.date]]:
    """Name and due day of the last months, the oldest first."""
    due = timezone.localdate().replace(day=DUE_DAY)
    found = []
    for _back in range(count):
        last = due.replace(day=1) - datetime.timedelta(days=1)
        found.append((f"{last.year}年{last.month}月", due))
        due = last.replace(day=DUE_DAY)
    return found[::-1]


def _requirement(monthly: dict[str, Any]) -> dict[str, Any]:
    """The requirement as `reports.json` would describe it."""
    today = timezone.localdate()
    months = _months(len(next(iter(monthly["units"].values()))))
    periods = []
    for name, due in months:
        opens = (due.replace(day=1) - datetime.timedelta(days=1)).replace(day=OPENS_DAY)
        days = {"opened_ago": (today - opens).days, "due_in": (due - today).days}
        periods.append({"name": name, "closes_after": CLOSES_AFTER, **days})
    reports = [
        _report(unit, name, due, figures, monthly["columns"])
        for unit, by_month in monthly["units"].items()
        for (name, due), figures in zip(months, by_month, strict=True)
        if figures not in ("waived", "missing")
    ]
    return {**monthly, "units": list(monthly["units"]), "periods": periods, "reports": reports}


def _report(unit: str, period: str, due: datetime.date, figures: Any, columns: list[str]) -> dict[str, Any]:
    """A report that was sent two days before it was due, or some days after, and accepted or returned."""
    ago = (timezone.localdate() - due).days
    numbers = figures if isinstance(figures, list) else LATE_FIGURES
    return {
        "unit": unit,
        "period": period,
        "state": "returned" if figures == "returned" else "accepted",
        "reason": "救助人次与系统台账不一致，请核对后重新报送。",
        "days_ago": max(0, ago - 4 if figures == "late" else ago + 2),
        "answers": {**WORDS, **dict(zip(columns, map(str, numbers), strict=True))},
    }


def _waive(requirement: Requirement, monthly: dict[str, Any], units: Mapping[str, Unit], coordinator: User) -> None:
    names = [name for name, _due in _months(len(next(iter(monthly["units"].values()))))]
    for unit, by_month in monthly["units"].items():
        for name, figures in zip(names, by_month, strict=True):
            if figures == "waived":
                expected = ExpectedReport.objects.get(
                    period__requirement=requirement, period__name=name, unit=units[unit]
                )
                waive(user=coordinator, expected=expected, reason="当月管委会机构调整，数据并入崖州区。")


def _indicator(row: dict[str, Any], forms: Mapping[str, FormPage], monthly: str, editor: User) -> None:
    requirement = None if "form" in row else Requirement.objects.get(title=monthly)
    form = requirement.form if requirement else forms[row["form"]]
    version = form.current_version
    asked = [one.key for one in version.form_schema if one.label == row["question"]] if version else []
    if not asked:
        raise DemoAnswerError(row["question"])
    names = ("title", "aggregation", "split")
    made = Indicator(
        form=form, requirement=requirement, question=asked[0], note=row.get("note", ""), **{n: row[n] for n in names}
    )
    save_indicator(user=editor, indicator=made)
