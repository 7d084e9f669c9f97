"""Which units a requirement asks: those listed, those below others, those with a role on the task."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from portal.units.models import Unit
from portal.units.querysets import UnitQuerySet

if TYPE_CHECKING:
    from forms.collection.models import Requirement


def units_chosen(requirement: "Requirement") -> UnitQuerySet:
    """Every unit that the requirement names, in whatever way and whenever it exists; one query for the subtrees."""
    named = Q(pk__in=requirement.units.values("pk"))
    below = [Q(path__startswith=path) & ~Q(path=path) for path in requirement.subtrees.values_list("path", flat=True)]
    on_task = Q(task_units__task_id=requirement.task_id, task_units__role__in=requirement.task_roles)
    if requirement.task_id and requirement.task_roles:
        below.append(Q(pk__in=Unit.objects.filter(on_task).order_by().values("pk")))
    units: UnitQuerySet = Unit.objects.filter(reduce(or_, below, named))
    return units
