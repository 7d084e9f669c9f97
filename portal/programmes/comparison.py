"""What differs between two corrections of the same plan, in lines that a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from portal.programmes.enums import UnitRole
from portal.programmes.plan_import.proposal import PlanProposal
from portal.programmes.wording import deadline_in_words


def lines(proposal: PlanProposal) -> Iterator[str]:
    """Say every item of a proposal in a line."""
    yield _("Title: %s") % (proposal.title.title if proposal.title else "—")
    for phase in proposal.phases:
        yield _("Phase: %(title)s, %(start)s – %(end)s") % {
            "title": phase.title,
            "start": phase.start or "—",
            "end": phase.end or "—",
        }
    for action in proposal.actions:
        yield _("Plan action: %s") % action.title
    for task in proposal.tasks:
        name = f"{task.number or ''} {task.title}".strip()
        yield _("Task: %(task)s (%(action)s)") % {"task": name, "action": task.action or "—"}
        for unit in task.units:
            yield _("Unit of “%(task)s”: %(unit)s, %(role)s") % {
                "task": name,
                "unit": unit.name,
                "role": UnitRole(unit.role).label,
            }
        for deadline in task.deadlines:
            yield _("Time limit of “%(task)s”: %(limit)s %(text)s") % {
                "task": name,
                "limit": deadline_in_words(deadline.kind, _day(deadline.date), deadline.precision or ""),
                "text": deadline.text,
            }
    for duty in proposal.reporting:
        yield _("Reporting date: %(date)s to %(to)s") % {"date": duty.date or duty.text, "to": duty.to or "—"}
    for citation in proposal.citations:
        yield _("Cited document: %s") % citation.number


def differences(theirs: PlanProposal, mine: PlanProposal) -> dict[str, list[str]]:
    """Return the lines that only the other version has (``only_theirs``) and that only this one has (``only_mine``)."""
    other, own = list(lines(theirs)), list(lines(mine))
    return {
        "only_theirs": [line for line in other if line not in set(own)],
        "only_mine": [line for line in own if line not in set(other)],
    }


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
