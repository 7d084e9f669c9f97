"""From a proposal to a programme, and a programme's state."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.programmes.enums import ProgrammeState
from portal.programmes.models import Action, Milestone, Phase, Programme, ReportingDuty, Task, TaskUnit
from portal.programmes.plan_import.proposal import PlanProposal, ProposedTask
from portal.programmes.rules import guess_kind
from portal.units.enums import UnitKind
from portal.units.models import Unit, UnitAlias
from portal.units.naming import canonical, resolve

if TYPE_CHECKING:
    from portal.accounts.models import User


def unknown_units(*, proposal: PlanProposal) -> list[str]:
    """Names of units in the proposal that no unit of the portal bears, in the plan's order."""
    return [name for name, unit in resolve(_unit_names(proposal)).items() if unit is None]


@transaction.atomic
def create_programme(
    *,
    proposal: PlanProposal,
    title: str | None = None,
    owner: Unit | None = None,
    user: User | None = None,
    source: str | None = None,
    units: Mapping[str, Unit] | None = None,
    new_kinds: Mapping[str, UnitKind] | None = None,
) -> Programme:
    """Make a programme in preparation of what was proposed.

    ``units`` says which unit is meant by a name; the others are looked up by name, short name and alias. A name that
    nobody bears becomes a new unit of the kind in ``new_kinds``, else of the one that the name suggests; two names of
    one office (市卫健委, 市卫生健康委员会) become one unit. Ask :func:`unknown_units` before to know which these are.
    ``source`` is the name of the plan's file, for the log. All is written, or nothing.
    """
    heading = title or (proposal.title.title if proposal.title else "") or source or ""
    programme = Programme.objects.create(
        title=heading[:255],
        owner=owner,
        citations=list(dict.fromkeys(item.number for item in proposal.citations if not item.own)),
    )
    by_name, created = _units_of(proposal, dict(units or {}), new_kinds or {})
    Phase.objects.bulk_create(
        Phase(programme=programme, title=one.title[:120], start=_day(one.start), end=_day(one.end), position=position)
        for position, one in enumerate(proposal.phases)
    )
    actions: dict[str, Action] = {}
    for position, action in enumerate(proposal.actions):
        actions.setdefault(
            action.title,
            Action.objects.create(programme=programme, title=action.title[:255], position=position),
        )
    for position, task in enumerate(proposal.tasks):
        _create_task(programme, actions.get(task.action or ""), task, position, by_name)
    ReportingDuty.objects.bulk_create(
        ReportingDuty(programme=programme, date=_day(duty.date), recipient=(duty.to or "")[:120], text=duty.text[:255])
        for duty in proposal.reporting
    )
    record(
        action=AuditAction.IMPORT,
        user=user,
        target=programme,
        summary=source or "",
        details={
            "phases": len(proposal.phases),
            "actions": len(actions),
            "tasks": len(proposal.tasks),
            "created_units": [unit.name for unit in created],
        },
    )
    return programme


@transaction.atomic
def change_state(*, programme: Programme, state: ProgrammeState, user: User) -> Programme:
    """Put a programme into another state; the same state again changes nothing and is not logged."""
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    before = ProgrammeState(locked.state)
    if before != state:
        locked.state = state
        locked.save(update_fields=["state"])
        record(
            action=AuditAction.CHANGE,
            user=user,
            target=locked,
            summary=f"{before.value} → {state.value}",
            details={"field": "state", "from": before.value, "to": state.value},
        )
    return locked


def _create_task(
    programme: Programme, action: Action | None, proposed: ProposedTask, position: int, by_name: Mapping[str, Unit]
) -> None:
    """Write a task with its units, each role of a unit once, and its time limits."""
    task = Task.objects.create(
        programme=programme,
        action=action,
        number=(proposed.number or "")[:20],
        title=proposed.title[:255],
        text=proposed.words,
        position=position,
    )
    once = dict.fromkeys((by_name[unit.name], unit.role) for unit in proposed.units)
    TaskUnit.objects.bulk_create(
        TaskUnit(task=task, unit=unit, role=role, position=place) for place, (unit, role) in enumerate(once)
    )
    Milestone.objects.bulk_create(
        Milestone(
            task=task,
            kind=deadline.kind,
            date=_day(deadline.date),
            precision=deadline.precision or "",
            text=deadline.text[:255],
            position=place,
        )
        for place, deadline in enumerate(proposed.deadlines)
    )


def _units_of(
    proposal: PlanProposal, chosen: dict[str, Unit], kinds: Mapping[str, UnitKind]
) -> tuple[dict[str, Unit], list[Unit]]:
    """The unit behind every name of the proposal, and those that had to be made."""
    found = resolve(name for name in _unit_names(proposal) if name not in chosen)
    created: list[Unit] = []
    for name, unit in found.items():
        if unit is None:
            unit = next((one for one in created if canonical(one.name).may_be(canonical(name))), None)
            if unit is None:
                unit = Unit.add_root(name=name[:120], kind=kinds.get(name) or guess_kind(name))
                created.append(unit)
            else:
                UnitAlias.objects.create(unit=unit, name=name[:120])
        chosen[name] = unit
    return chosen, created


def _unit_names(proposal: PlanProposal) -> Iterable[str]:
    """Every unit's name once, in the plan's order."""
    return dict.fromkeys(unit.name for task in proposal.tasks for unit in task.units)


def _day(iso: str | None) -> datetime.date | None:
    """The day of an ISO date."""
    return datetime.date.fromisoformat(iso) if iso else None
