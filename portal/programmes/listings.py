"""Programmes and tasks as listings of the admin: filter, search, inspect, export; changes are made elsewhere."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from portal.programmes.models import Programme, Task
from portal.programmes.permissions import may_see_plans


class ReadOnlyPermissions(PermissionHelper):
    """Whoever may see plans may list and inspect; nobody writes here."""

    def user_can_list(self, user: Any) -> bool:
        """The listing."""
        return may_see_plans(user)

    def user_can_create(self, user: Any) -> bool:
        """Programmes come from plans."""
        return False

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        """One row."""
        return type(obj)._default_manager.visible_to(user).filter(pk=obj.pk).exists()

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        """Not here."""
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        """Not here."""
        return False


class Listing(ModelAdmin):
    """What the two listings share: rows that the person may see, and no other."""

    permission_helper_class = ReadOnlyPermissions
    inspect_view_enabled = True
    list_per_page = 50
    add_to_admin_menu = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Rows within the person's scope."""
        rows: QuerySet[Any] = self.model._default_manager.visible_to(request.user)
        return rows.order_by(*(self.get_ordering(request) or self.model._meta.ordering))


class ProgrammeAdmin(Listing):
    """Programmes."""

    model = Programme
    menu_label = _("Programmes")
    menu_icon = "list-ol"
    base_url_path = "programmes"
    list_display = ("title", "state", "owner", "created_at")
    list_filter = ("state", "owner")
    list_select_related = ("owner",)
    list_export = ("title", "get_state_display", "owner", "created_at")
    search_fields = ("title",)
    inspect_view_fields = ("title", "state", "owner", "citations", "created_at")


class TaskAdmin(Listing):
    """Tasks."""

    model = Task
    menu_label = _("Tasks")
    menu_icon = "tasks"
    base_url_path = "programme-tasks"
    list_display = ("number", "title", "action", "programme")
    list_filter = ("programme", "units")
    list_select_related = ("action", "programme")
    list_export = ("programme", "action", "number", "title", "text")
    search_fields = ("number", "title", "text")
    inspect_view_fields = ("programme", "action", "number", "title", "text")
