"""What may be chosen out of the portal's own registers: units, tasks, people. One query each."""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A row that can be chosen."""

    code: str
    """Its number."""
    name: str
    kind: str = ""
    """Of a unit: a `portal.units.enums.UnitKind`."""
    path: str = ""
    """Of a unit: its place in the tree; the path of what lies below begins with it."""


def units_now() -> list[Entry]:
    """Units that exist today, in the order of the tree."""
    from portal.units.models import Unit

    rows = Unit.objects.active().only("pk", "name", "kind", "path")
    return [Entry(str(unit.pk), unit.name, unit.kind, unit.path) for unit in rows]


def path_of_unit(number: int) -> str:
    """The place in the tree of a unit that is called otherwise by now, or has ceased to exist; empty for none."""
    from portal.units.models import Unit

    return Unit.objects.filter(pk=number).values_list("path", flat=True).first() or ""


def tasks_of(programme_id: int | None) -> list[Entry]:
    """The programme's tasks in the order of the plan; without a programme those of all that are running."""
    from portal.programmes.enums import ProgrammeState
    from portal.programmes.models import Task

    rows = Task.objects.order_by("programme", "position", "pk").only("pk", "number", "title")
    wanted = {"programme": programme_id} if programme_id else {"programme__state": ProgrammeState.RUNNING}
    return [Entry(str(task.pk), str(task)) for task in rows.filter(**wanted)]


def people_of(unit_id: int | None) -> list[Entry]:
    """Who serves in the unit today, each once; of two with one name the account is named too."""
    from portal.units.models import Membership

    if unit_id is None:
        return []
    rows = Membership.objects.active().filter(unit=unit_id).select_related("user").order_by("user__name", "user")
    people = {one.user.pk: one.user for one in rows}
    names = Counter(str(user) for user in people.values())
    return [
        Entry(str(pk), str(user) if names[str(user)] == 1 else f"{user} ({user.username})")
        for pk, user in people.items()
    ]
