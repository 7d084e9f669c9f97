"""Reading the task ledger (任务推进台账) of a programme for one page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch

from portal.programmes.models import Action, Programme, Task, TaskUnit
from portal.units.models import Unit


@dataclass(frozen=True)
class LedgerFilter:
    """What a person wants to see: tasks of one unit, of one action, of the own units."""

    unit: int | None = None
    action: int | None = None
    mine: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> LedgerFilter:
        """Read the address's query; what is no number counts as not given."""

        def number(name: str) -> int | None:
            typed = query.get(name, "")
            return int(typed) if typed.isdecimal() and len(typed) < 10 else None

        return cls(unit=number("unit"), action=number("action"), mine=query.get("mine") == "1")

    @property
    def is_set(self) -> bool:
        """Whether anything is filtered."""
        return self.unit is not None or self.action is not None or self.mine


@dataclass(frozen=True)
class LedgerRow:
    """A task, and whether one of its units is the reader's; marked unless that is so for every task."""

    task: Task
    is_own: bool
    is_marked: bool


@dataclass
class LedgerGroup:
    """An action (None: tasks without one) and its tasks."""

    action: Action | None
    rows: list[LedgerRow] = field(default_factory=list)


@dataclass(frozen=True)
class Ledger:
    """What the ledger's page shows, and what it can be filtered by."""

    groups: list[LedgerGroup]
    filter: LedgerFilter
    shown: int
    total: int
    own: int
    units: list[Unit]
    actions: list[Action]


def read_ledger(programme: Programme, wanted: LedgerFilter, *, own_units: Collection[int]) -> Ledger:
    """Read tasks, units and time limits in a constant number of queries; in each action the reader's tasks first."""
    tasks = _tasks(programme)
    own = {task.pk for task in tasks if _is_own(task, own_units)}
    marks = len(own) < len(tasks)
    rows = [LedgerRow(task, task.pk in own, is_marked=marks and task.pk in own) for task in tasks]
    actions = list(programme.actions.all())
    order: list[Action | None] = [*actions, None]
    groups = {action.pk if action else None: LedgerGroup(action) for action in order}
    shown = [row for row in rows if _is_wanted(row, wanted)]
    for row in sorted(shown, key=lambda row: not row.is_own):
        groups[row.task.action_id].rows.append(row)
    units = {one.unit_id: one.unit for row in rows for one in row.task.task_units.all()}
    return Ledger(
        groups=[group for group in groups.values() if group.rows],
        filter=wanted,
        shown=len(shown),
        total=len(rows),
        own=len(own),
        units=sorted(units.values(), key=lambda unit: unit.path),
        actions=actions,
    )


def _tasks(programme: Programme) -> list[Task]:
    units = Prefetch("task_units", queryset=TaskUnit.objects.select_related("unit"))
    return list(programme.tasks.select_related("action").defer("text").prefetch_related(units, "milestones"))


def _is_own(task: Task, own_units: Collection[int]) -> bool:
    return any(one.unit_id in own_units for one in task.task_units.all())


def _is_wanted(row: LedgerRow, wanted: LedgerFilter) -> bool:
    return (
        (not wanted.mine or row.is_own)
        and (wanted.action is None or row.task.action_id == wanted.action)
        and (wanted.unit is None or any(one.unit_id == wanted.unit for one in row.task.task_units.all()))
    )
