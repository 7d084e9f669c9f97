"""Lists in the Wagtail admin for rows that are not pages: scoped by row, exported safely, the export in the log.

wagtail-modeladmin asks permissions by model, finds a single row without its list's queryset, and filters by whatever
lookup the address names (``?user__password__startswith=…``). These classes close all three.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import CreateView, HistoryView, IndexView, InspectView

from portal.audit.enums import AuditAction
from portal.audit.services import Target, record
from portal.audit.spreadsheets import XLSX_TYPE, csv_lines, workbook

EMPTY = "—"
LOOKUPS = ("", "__exact", "__isnull", "__gte", "__lt", "__id__exact")
"""What a filter of a list may ask of its own field."""
SEEN_BY = "_seen_by"
XLSX_ROWS = 100_000


class ScopedPermissionHelper(PermissionHelper):
    """The permission for the model, and the row within `visible_to`."""

    def user_can_list(self, user: Any) -> bool:
        """Whoever may view the model's rows."""
        return self._may(user, "view") or self._may(user, "change")

    def user_can_inspect_obj(self, user: Any, obj: models.Model) -> bool:
        """Whoever may view this row."""
        return bool(self.inspect_view_enabled) and self.user_can_list(user) and self.sees(user, obj)

    def user_can_edit_obj(self, user: Any, obj: models.Model) -> bool:
        """Whoever may change this row."""
        return self._may(user, "change") and self.sees(user, obj)

    def user_can_delete_obj(self, user: Any, obj: models.Model) -> bool:
        """Whoever may delete this row."""
        return self._may(user, "delete") and self.sees(user, obj)

    def visible(self, user: Any) -> "models.QuerySet[Any]":
        """The rows that the person may see."""
        rows: models.QuerySet[Any] = self.model._default_manager.all().visible_to(user)
        return rows

    def sees(self, user: Any, obj: models.Model) -> bool:
        """Whether the row is visible; rows of a list were asked for together and carry the answer."""
        return obj.__dict__.get(SEEN_BY) == user.pk or self.visible(user).filter(pk=obj.pk).exists()

    def _may(self, user: Any, action: str) -> bool:
        return bool(self.user_has_specific_permission(user, self.get_perm_codename(action)))


class ReadOnlyPermissionHelper(ScopedPermissionHelper):
    """Rows that nobody writes here."""

    def user_can_create(self, user: Any) -> bool:
        """Nobody."""
        return False

    def user_can_edit_obj(self, user: Any, obj: models.Model) -> bool:
        """Nobody."""
        return False

    def user_can_delete_obj(self, user: Any, obj: models.Model) -> bool:
        """Nobody."""
        return False


class ScopedIndexView(IndexView):
    """The list: only the filters it shows, and a safe, recorded export."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the whole list where the address asks for a value that cannot be."""
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            return redirect(self.index_url)  # PostgreSQL has no such character
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return redirect(self.index_url)
        return response

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        """Leave out what no filter of this list has asked for."""
        given: dict[str, Any] = super().get_filters_params(params)
        allowed: set[str] = set()
        for item in self.list_filter:
            if callable(item):
                allowed.add(str(getattr(item, "parameter_name", "")))
            else:
                path = item[0] if isinstance(item, list | tuple) else item
                allowed.update(f"{path}{lookup}" for lookup in LOOKUPS)
        return {name: value for name, value in given.items() if name in allowed}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Mark the rows of the page as seen, so that the buttons need not ask again for each."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for row in context["object_list"]:
            row.__dict__[SEEN_BY] = self.request.user.pk
        return context

    def as_spreadsheet(self, queryset: "models.QuerySet[Any]", spreadsheet_format: str) -> HttpResponseBase:
        """The filtered list as a file; the log gets who, what and how many."""
        label = capfirst(self.verbose_name_plural)
        file_name = f"{label}-{timezone.localdate():%Y%m%d}.{spreadsheet_format}"
        filters = {name: value for name, value in self.params.items() if value}
        record(
            action=AuditAction.EXPORT,
            user=self.request.user,
            target=Target(self.opts.label_lower, "", file_name),
            details={"format": spreadsheet_format, "rows": queryset.count(), "filters": filters},
        )
        headings = [self.export_heading(field) for field in self.list_export]
        response: HttpResponseBase
        if spreadsheet_format == self.FORMAT_CSV:
            lines = csv_lines(headings, self.export_rows(queryset))
            response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        else:
            response = HttpResponse(
                workbook(headings, self.export_rows(queryset[:XLSX_ROWS]), label), content_type=XLSX_TYPE
            )
        response["Content-Disposition"] = content_disposition_header(True, file_name) or "attachment"
        return response

    def export_heading(self, field: str) -> str:
        """The column's heading in the file."""
        return capfirst(str(label_for_field(field, model=self.model, model_admin=self.model_admin)))

    def export_rows(self, queryset: "models.QuerySet[Any]") -> Iterator[list[Any]]:
        """The rows, a thousand at a time."""
        for row in queryset.iterator(chunk_size=1000):
            yield [self.export_value(row, field) for field in self.list_export]

    def export_value(self, row: models.Model, name: str) -> Any:
        """What the list shows, in words."""
        field, _attribute, value = lookup_field(name, row, self.model_admin)
        return getattr(row, f"get_{name}_display")() if field is not None and getattr(field, "choices", None) else value


class ScopedInspectView(InspectView):
    """One row; the list's own class may word a field with a method ``inspect_<field>``."""

    def get_field_label(self, field_name: str, field: Any = None) -> str:
        """The label, also of what only the list's class knows."""
        return capfirst(str(label_for_field(field_name, model=self.model, model_admin=self.model_admin)))

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        """The value in words."""
        wording = getattr(self.model_admin, f"inspect_{field_name}", None) or getattr(
            self.model_admin, field_name, None
        )
        if callable(wording):
            return wording(self.instance) or EMPTY
        return super().get_field_display_value(field_name, field)

    def get_dict_for_field(self, field_name: str) -> dict[str, Any]:
        """Label and value of a field of the model or of the list's class."""
        try:
            field = self.opts.get_field(field_name)
        except FieldDoesNotExist:
            field = None
        return {
            "label": self.get_field_label(field_name, field),
            "value": self.get_field_display_value(field_name, field),
        }


class ScopedHistoryView(HistoryView):
    """What was done to one row, for those who may see the row."""

    def check_action_permitted(self, user: Any) -> bool:
        """As for looking at the row: modeladmin itself asks nothing here."""
        return bool(self.permission_helper.user_can_inspect_obj(user, self.instance))


class ScopedModelAdmin(ModelAdmin):
    """A list of rows with `visible_to`."""

    permission_helper_class = ScopedPermissionHelper
    index_view_class = ScopedIndexView
    create_view_class = CreateView
    inspect_view_class = ScopedInspectView
    history_view_class = ScopedHistoryView
    inspect_view_enabled = True
    history_view_enabled = False
    empty_value_display = EMPTY
    list_per_page = 50
    index_view_extra_css = ["css/listings-admin.css"]
    inspect_view_extra_css = ["css/listings-admin.css"]

    def get_queryset(self, request: HttpRequest) -> "models.QuerySet[Any]":
        """The rows that this person may see."""
        rows: models.QuerySet[Any] = super().get_queryset(request)
        return rows.visible_to(request.user)  # type: ignore[attr-defined]

    def register_indexing(self) -> None:
        """These rows hold no pages, pictures or documents: Wagtail need not look for references at every save."""


class ReadOnlyModelAdmin(ScopedModelAdmin):
    """A list whose rows are written elsewhere: no address for writing exists."""

    permission_helper_class = ReadOnlyPermissionHelper

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        """The list and the single row."""
        kept = {self.url_helper.get_action_url_name(action) for action in ("index", "inspect")}
        return tuple(url for url in super().get_admin_urls_for_registration() if url.name in kept)

    def register_admin_url_finders(self) -> None:
        """There is nothing to edit."""
