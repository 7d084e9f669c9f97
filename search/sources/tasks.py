"""Tasks of programmes that have begun: everybody inside the administration may read the plan."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from portal.programmes.enums import ProgrammeState
from portal.programmes.models import Task
from portal.units.access import INSIDER
from search.documents import SearchDocument, object_id
from search.kinds import TASK
from search.sources.base import Thing
from search.sources.reports import unit_names

if TYPE_CHECKING:
    from portal.accounts.models import User


class TaskSource:
    """Tasks of programmes beyond preparation, as `Programme.objects.visible_to` shows them to every insider."""

    name, model = TASK, Task

    def all_pks(self) -> Iterable[Any]:
        """Tasks of programmes that are not drafts."""
        return self._begun().order_by("pk").values_list("pk", flat=True).iterator()

    def documents(self, pks: Collection[str]) -> Iterator[SearchDocument]:
        """One document a task, with the words of the plan and everything its units are called."""
        begun = self._begun().filter(pk__in=pks).select_related("programme", "action")
        for task in begun.prefetch_related("task_units__unit__aliases", "milestones"):
            units = [task_unit.unit for task_unit in task.task_units.all()]
            yield SearchDocument(
                object_id=object_id(self.name, task.pk),
                kind=TASK,
                title=str(task),
                url=reverse("programmes:task", args=[task.pk]),
                audience=frozenset({INSIDER}),
                body="\n".join(
                    [
                        task.text,
                        *(str(milestone) for milestone in task.milestones.all()),
                        *(task_unit.measures for task_unit in task.task_units.all()),
                    ]
                ),
                extra=(
                    task.programme.title,
                    task.action.title if task.action else "",
                    *(name for unit in units for name in unit_names(unit)),
                ),
                date=max((milestone.date for milestone in task.milestones.all() if milestone.date), default=None),
                facets={
                    "programme": (task.programme.title,),
                    "action": (str(task.action) if task.action else "",),
                    "unit": tuple(dict.fromkeys(map(str, units))),
                },
                shown={
                    "units": "、".join(dict.fromkeys(map(str, units))),
                    "parent": task.programme.title,
                    "parent_url": reverse("programmes:detail", args=[task.programme_id]),
                },
            )

    def prepare(self, pks: Collection[str]) -> Iterable[Thing]:
        """Nothing follows."""
        return ()

    def visible(self, user: "User", pks: Collection[str]) -> Iterable[Any]:
        """Tasks of programmes that have begun and that the person may read."""
        return self._begun().visible_to(user).filter(pk__in=pks).values_list("pk", flat=True)

    def _begun(self) -> Any:
        return Task.objects.exclude(programme__state=ProgrammeState.DRAFT)
