"""From a proposal to the rows of a form, and from the corrected rows to a proposal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from portal.programmes.forms import RowForm
from portal.programmes.ledger_forms import LedgerForms, TaskForm
from portal.programmes.origins import Origin, Origins, span_of
from portal.programmes.plan_import.document import Span
from portal.programmes.plan_import.proposal import (
    PlanProposal,
    Proposed,
    ProposedAction,
    ProposedCitation,
    ProposedDeadline,
    ProposedPhase,
    ProposedReporting,
    ProposedTask,
    ProposedTitle,
    ProposedUnit,
)
from portal.programmes.rules import Mark, locate
from portal.programmes.wording import BY_HAND

TYPES: dict[str, type[Proposed]] = {
    "title": ProposedTitle,
    "phase": ProposedPhase,
    "action": ProposedAction,
    "task": ProposedTask,
    "unit": ProposedUnit,
    "deadline": ProposedDeadline,
    "reporting": ProposedReporting,
    "citation": ProposedCitation,
}
HAND: dict[str, Any] = {"words": "", "rule": BY_HAND, "confidence": 1.0}


def initial_rows(proposal: PlanProposal) -> dict[str, Any]:
    """The proposal as initial data of :class:`LedgerForms`."""
    places = {action.title: str(place) for place, action in reversed(list(enumerate(proposal.actions)))}
    return {
        "title": _row(proposal.title, title=proposal.title.title) if proposal.title else {},
        "phases": [_row(one, title=one.title, first=_day(one.start), last=_day(one.end)) for one in proposal.phases],
        "actions": [_row(one, title=one.title) for one in proposal.actions],
        "tasks": [
            _row(
                task,
                number=task.number or "",
                title=task.title,
                action=places.get(task.action or "", ""),
                title_start=task.title_span.start,
                title_end=task.title_span.end,
                units=[_row(unit, name=unit.name, role=unit.role) for unit in task.units],
                deadlines=[
                    _row(one, type=one.kind, date=_day(one.date), precision=one.precision or "", text=one.text)
                    for one in task.deadlines
                ],
            )
            for task in proposal.tasks
        ],
        "reporting": [_row(one, date=_day(one.date), to=one.to or "", text=one.text) for one in proposal.reporting],
        "citations": [_row(one, number=one.number, own=one.own) for one in proposal.citations],
    }


@dataclass(frozen=True)
class Corrected:
    """Builds the proposal that valid ledger forms describe; ``stored`` lends its origins to what was not touched."""

    ledger: LedgerForms
    stored: PlanProposal
    text: str

    def proposal(self) -> PlanProposal:
        """Return the corrected proposal, tasks and actions in reading order."""
        ledger, origins = self.ledger, Origins(self.stored, self.text)
        title = ledger.title.cleaned_data
        phases = [
            (form, ProposedPhase(span=at, title=row["title"], start=_iso(row["first"]), end=_iso(row["last"]), **HAND))
            for form, row, at in self._rows(ledger.phases.kept, "title")
        ]
        actions = [
            (form, ProposedAction(span=span, title=row["title"], **HAND))
            for form, row, span in self._rows(ledger.actions.kept, "title")
        ]
        reporting = [
            (form, ProposedReporting(span=span, date=_iso(row["date"]), to=row["to"] or None, text=row["text"], **HAND))
            for form, row, span in self._rows(ledger.reporting.kept, "text")
        ]
        citations = [
            (form, ProposedCitation(span=span, number=row["number"], own=row["own"], **HAND))
            for form, row, span in self._rows(ledger.citations.kept, "number")
        ]
        heading = ProposedTitle(span=span_of(title["start"], title["end"], self.text), title=title["title"], **HAND)
        return PlanProposal(
            title=origins.keep(heading, checked=title["checked"]),
            phases=tuple(_keep(origins, form, item) for form, item in phases),
            actions=tuple(in_reading_order([_keep(origins, form, item) for form, item in actions])),
            tasks=tuple(in_reading_order([self._task(origins, cast(TaskForm, form)) for form in ledger.tasks.kept])),
            reporting=tuple(_keep(origins, form, item) for form, item in reporting),
            citations=tuple(_keep(origins, form, item) for form, item in citations),
        )

    def _task(self, origins: Origins, form: TaskForm) -> ProposedTask:
        row = form.cleaned_data
        action = self.ledger.actions.at(row["action"])
        span = span_of(row["start"], row["end"], self.text)
        if not span.end:
            span = locate(self.text, row["words"] or row["title"]) or span
        title_span = span_of(row["title_start"], row["title_end"], self.text)
        if not title_span.end:
            title_span = locate(self.text, row["title"], span) or Span(span.start, span.start)
        units = [
            (part, ProposedUnit(span=place, name=unit["name"], role=unit["role"], **HAND))
            for part, unit, place in self._rows(form.units.kept, "name", span)
        ]
        deadlines = [
            (
                part,
                ProposedDeadline(
                    span=place,
                    date=_iso(limit["date"]),
                    precision=limit["precision"] or None,
                    kind=limit["type"],
                    text=limit["text"],
                    **HAND,
                ),
            )
            for part, limit, place in self._rows(form.deadlines.kept, "text", span)
        ]
        task = ProposedTask(
            span=span,
            number=row["number"] or None,
            action=action.values["title"] if action else None,
            title=row["title"],
            title_span=title_span,
            units=tuple(_keep(origins, part, item) for part, item in units),
            deadlines=tuple(_keep(origins, part, item) for part, item in deadlines),
            **HAND,
        )
        return _keep(origins, form, task)

    def _rows(
        self, rows: list[RowForm], words: str, within: Span | None = None
    ) -> Iterator[tuple[RowForm, dict[str, Any], Span]]:
        """Yield rows with their data and place; the words of a row without a place are looked for in the text."""
        for form in rows:
            row = form.cleaned_data
            span = span_of(row["start"], row["end"], self.text)
            if not span.end and (within is None or within.end):
                span = locate(self.text, row[words], within) or span
            yield form, row, span


def marks_of(ledger: LedgerForms, text: str) -> list[Mark]:
    """What to mark in the text; the key of a mark is the prefix of its row."""
    marks: list[Mark] = []
    for form in ledger.rows():
        span = place_of(form, text)
        label = str(form[_NAMING.get(form.kind, "title")].value() or "")
        if form.kind == "task":
            marks.append(Mark(str(form.prefix), "body", span.start, span.end, label))
            span = span_of(_number(form, "title_start"), _number(form, "title_end"), text)
        marks.append(Mark(str(form.prefix), form.kind, span.start, span.end, label))
    return marks


_NAMING = {"unit": "name", "deadline": "text", "reporting": "text", "citation": "number"}


def place_of(form: RowForm, text: str) -> Span:
    """Where the words of a row stand, as far as its fields say so."""
    return span_of(_number(form, "start"), _number(form, "end"), text)


def describe_rows(ledger: LedgerForms, stored: PlanProposal, text: str) -> int:
    """Hang on every row what it says of its origin (``row.origin``); return how many are doubtful."""
    origins = Origins(stored, text)
    doubtful = 0
    for form in ledger.rows():
        item = None if form.is_bound else form.initial.get("item")
        kind, place = TYPES[form.kind], place_of(form, text)
        origin: Origin = origins.describe_item(item) if item else origins.describe(kind, place)
        form.origin = origin  # type: ignore[attr-defined]
        form.has_place = place.start < place.end  # type: ignore[attr-defined]
        doubtful += origin.is_doubtful
    for task in ledger.tasks.forms:
        rows: list[Any] = [task, *(row for part in cast(TaskForm, task).parts for row in part.shown)]
        open_for_doubt = any(row.origin.is_doubtful for row in rows if hasattr(row, "origin"))
        task.doubtful = open_for_doubt  # type: ignore[attr-defined]
        task.is_open = open_for_doubt or any(row.errors for row in rows) or not hasattr(task, "origin")  # type: ignore[attr-defined]
    return doubtful


def in_reading_order(items: list[Any]) -> list[Any]:
    """Sort by place; an item without one stays behind the item it follows."""
    place, keyed = 0, []
    for item in items:
        place = item.span.start if item.span.end else place
        keyed.append((place, item))
    return [item for _, item in sorted(keyed, key=lambda pair: pair[0])]


def _keep(origins: Origins, form: RowForm, item: Any) -> Any:
    return origins.keep(item, checked=form.cleaned_data["checked"])


def _row(item: Proposed, **values: Any) -> dict[str, Any]:
    return {"start": item.span.start, "end": item.span.end, "item": item, **values}


def _number(form: RowForm, name: str) -> int:
    value = form[name].value()
    return int(value) if str(value or "").isdecimal() else 0


def _day(iso: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso else None


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
