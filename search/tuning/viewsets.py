"""Lists that administrators keep, in the Wagtail admin: whoever saves over another's change is told first."""

from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, DateColumn, UserColumn
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from search.tuning.forms import KeptForm

CHANGED_BY = "changed_by__wagtail_userprofile"
"""Who changed a row, with the picture that stands beside the name."""


class KeptIndexView(IndexView):
    """Rows with who changed them, in one query however many there are."""

    related: ClassVar[tuple[str, ...]] = (CHANGED_BY,)

    def get_base_queryset(self) -> Any:
        """The rows with what is shown of them."""
        return super().get_base_queryset().select_related(*self.related)


class LockingEditView(EditView):
    """Editing in one transaction: the row that is compared with what was seen stays locked until it is saved."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save, or show what is wrong."""
        with transaction.atomic():
            response: HttpResponseBase = super().post(request, *args, **kwargs)
        return response


class KeptViewSet(ModelViewSet):
    """One such list."""

    index_view_class = KeptIndexView
    edit_view_class = LockingEditView
    copy_view_enabled = False
    base_form: ClassVar[type[KeptForm]] = KeptForm
    shown: ClassVar[list[Any]] = ["__str__"]
    fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.list_display = [
            *self.shown,
            BooleanColumn("is_active", label=_("active"), sort_key="is_active"),
            UserColumn("changed_by", label=_("changed by"), blank_display_name="—"),
            DateColumn("changed_at", label=_("changed at"), sort_key="changed_at"),
        ]
        # The version that was looked at goes with the form unseen.
        panels = [
            *(FieldPanel(name) for name in (*self.fields, "is_active")),
            FieldPanel("seen", classname="w-hidden", heading=""),
        ]
        self.edit_handler = ObjectList(panels, base_form_class=self.base_form)
        super().__init__(*args, **kwargs)
