"""Programmes and tasks as listings of the admin: filter, search, inspect, export; changes are made elsewhere."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.audit.listings import ReadOnlyModelAdmin, ReadOnlyPermissionHelper
from portal.programmes.models import Programme, Task, TaskUnit
from portal.programmes.permissions import may_see_plans
from portal.programmes.wording import deadline_in_words
from portal.units.models import Unit


class PlanReaders(ReadOnlyPermissionHelper):
    """Whoever may see plans may list and inspect; nobody writes here."""

    def user_can_list(self, user: Any) -> bool:
        """The listing."""
        return may_see_plans(user)


class ProgrammeFilter(SimpleListFilter):
    """Tasks of one programme."""

    title = _("programme")
    parameter_name = "in_programme"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The programmes, the latest first."""
        return [(str(programme.pk), programme.title) for programme in Programme.objects.visible_to(request.user)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Tasks of the chosen programme."""
        chosen = self.value() or ""
        return queryset.filter(programme_id=int(chosen)) if chosen.isdecimal() else None


class TaskUnitFilter(SimpleListFilter):
    """Tasks of one unit; only units with a task are offered."""

    title = _("unit")
    parameter_name = "of_unit"
    template = "units/scrolling_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Units by their place in the tree."""
        used = TaskUnit.objects.order_by().values("unit_id")
        return [(str(unit.pk), str(unit)) for unit in Unit.objects.filter(pk__in=used)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Tasks of the chosen unit."""
        chosen = self.value() or ""
        return queryset.filter(task_units__unit_id=int(chosen)).distinct() if chosen.isdecimal() else None


class ProgrammeListing(ReadOnlyModelAdmin):
    """Programmes."""

    model = Programme
    menu_label = _("Special actions")
    menu_icon = "list-ol"
    base_url_path = "programmes/programme"
    permission_helper_class = PlanReaders
    list_display = ("title", "state", "lead_unit", "created_at")
    list_filter = ("state",)
    list_select_related = ("owner",)
    list_export = ("title", "state", "lead_unit", "cited", "created_at")
    search_fields = ("title",)
    inspect_view_fields = list_export

    def lead_unit(self, programme: Programme) -> str:
        """The unit that leads."""
        return programme.owner.name if programme.owner else ""

    lead_unit.short_description = _("lead unit")  # type: ignore[attr-defined]

    def cited(self, programme: Programme) -> str:
        """The numbers of the documents that the plan cites."""
        return "、".join(programme.citations)

    cited.short_description = _("cited documents")  # type: ignore[attr-defined]


class TaskListing(ReadOnlyModelAdmin):
    """Tasks."""

    model = Task
    menu_label = _("Tasks")
    menu_icon = "tasks"
    base_url_path = "programmes/task"
    permission_helper_class = PlanReaders
    list_display = ("number", "title", "action", "programme")
    list_display_add_buttons = "title"
    list_filter = (ProgrammeFilter, TaskUnitFilter)
    list_select_related = ("action", "programme")
    list_export = ("programme", "action", "number", "title", "responsible", "limits", "text")
    search_fields = ("number", "title", "text")
    inspect_view_fields = list_export

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Tasks with their units and time limits, in a constant number of queries."""
        rows = super().get_queryset(request).select_related("action", "programme")
        return rows.prefetch_related("task_units__unit", "milestones")

    def responsible(self, task: Task) -> str:
        """Every unit with its part."""
        return "、".join(str(one) for one in task.task_units.all())

    responsible.short_description = _("responsible units")  # type: ignore[attr-defined]

    def limits(self, task: Task) -> str:
        """Every time limit with the plan's words."""
        return "；".join(
            f"{deadline_in_words(one.kind, one.date, one.precision)} {one.text}".strip()
            for one in task.milestones.all()
        )

    limits.short_description = _("milestones")  # type: ignore[attr-defined]
