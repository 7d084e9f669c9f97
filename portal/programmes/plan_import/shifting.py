"""Moving a plan in time, for a demonstration or for running last year's plan again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from portal.programmes.plan_import.proposal import PlanProposal


def shift_proposal(proposal: PlanProposal, days: int) -> PlanProposal:
    """Return ``proposal`` with every date moved by whole ``days`` (negative: back); the words stay as printed.

    Dates that were a month's end stay exactly ``days`` away, so shifting back gives the original. Raises OverflowError
    when a date would leave the calendar's years 1–9999.
    """

    def moved(value: str | None) -> str | None:
        return (date.fromisoformat(value) + timedelta(days=days)).isoformat() if value else None

    return replace(
        proposal,
        phases=tuple(replace(p, start=moved(p.start), end=moved(p.end)) for p in proposal.phases),
        tasks=tuple(
            replace(task, deadlines=tuple(replace(d, date=moved(d.date)) for d in task.deadlines))
            for task in proposal.tasks
        ),
        reporting=tuple(replace(r, date=moved(r.date)) for r in proposal.reporting),
    )


def first_reporting_date(proposal: PlanProposal) -> date | None:
    """Return the earliest dated reporting duty; a plan without one uses its earliest task deadline, else None."""
    dates = [r.date for r in proposal.reporting if r.date]
    dates = dates or [d.date for task in proposal.tasks for d in task.deadlines if d.date]
    return date.fromisoformat(min(dates)) if dates else None


def days_to(proposal: PlanProposal, first: date) -> int:
    """Return by how many days to shift so that the first reporting date falls on ``first``; 0 for an undated plan."""
    known = first_reporting_date(proposal)
    return (first - known).days if known else 0
