"""Units, memberships and people in the Wagtail admin."""

from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail_modeladmin.helpers import ButtonHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import CreateView, EditView

from portal.accounts.models import User
from portal.audit.listings import (
    EMPTY,
    ReadOnlyModelAdmin,
    ReadOnlyPermissionHelper,
    ScopedIndexView,
    ScopedModelAdmin,
    ScopedPermissionHelper,
)
from portal.units.enums import ImportKind
from portal.units.filters import OPEN, SHUT, InForceFilter, OpenFilter, PersonRoleFilter, UnitFilter, ValidityFilter
from portal.units.forms import MembershipForm, SavesByService, UnitForm
from portal.units.models import Membership, Unit
from portal.units.permissions import may_import
from portal.units.querysets import people_visible_to


class ImportableIndexView(ScopedIndexView):
    """A list with a way to the import of its rows, for whoever may."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the import's address."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        kind: ImportKind = self.model_admin.import_kind
        if may_import(self.request.user, kind):
            context["import_url"] = reverse("units_import", args=[kind.value])
        return context


class PeopleIndexView(ImportableIndexView):
    """The list of accounts under the name of those who own them."""

    page_title = _("People")


class UnitPermissionHelper(ScopedPermissionHelper):
    """Units are ended by a date, never deleted: reports and plans point to them."""

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        """Nobody."""
        return False


class UnitCreateView(SavesByService, CreateView):
    """Adding a unit: what the service refuses is shown beside the field."""


class UnitEditView(SavesByService, EditView):
    """Changing a unit: what the service refuses is shown beside the field."""


class UnitListing(ScopedModelAdmin):
    """The organisation tree."""

    model = Unit
    base_url_path = "units/unit"
    menu_label = _("Units")
    menu_icon = "group"
    menu_item_name = "units"
    permission_helper_class = UnitPermissionHelper
    create_view_class = UnitCreateView
    edit_view_class = UnitEditView
    index_view_class = ImportableIndexView
    index_template_name = "units/listing.html"
    list_display = ("in_tree", "full_name", "kind", "other_names", "valid_from", "valid_until")
    list_filter = ("kind", ValidityFilter)
    list_export = ("name", "short_name", "other_names", "kind", "parent_name", "code", "valid_from", "valid_until")
    search_fields = ("name", "short_name", "aliases__name", "code")
    inspect_view_fields = list_export
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("short_name"),
            FieldPanel("alias_text"),
            FieldPanel("kind"),
            FieldPanel("parent"),
            FieldPanel("code"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        ],
        base_form_class=UnitForm,
    )
    import_kind = ImportKind.UNITS

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Unit]":
        """Units with their other names and the unit above, without a query for each."""
        above = Unit.objects.filter(
            path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Unit.steplen)
        ).order_by()
        return (
            super().get_queryset(request).prefetch_related("aliases").annotate(above=Subquery(above.values("name")[:1]))
        )

    def in_tree(self, unit: Unit) -> SafeString:
        """The short name, set in by its depth."""
        return format_html('<span class="unit-depth unit-depth--{}">{}</span>', min(unit.depth, 8), str(unit))

    in_tree.short_description = _("unit")  # type: ignore[attr-defined]
    in_tree.admin_order_field = "path"  # type: ignore[attr-defined]

    def full_name(self, unit: Unit) -> str:
        """The full name where the list shows another."""
        return unit.name if unit.short_name and unit.short_name != unit.name else EMPTY

    full_name.short_description = _("full name")  # type: ignore[attr-defined]
    full_name.admin_order_field = "name"  # type: ignore[attr-defined]

    def other_names(self, unit: Unit) -> str:
        """The aliases."""
        return "、".join(alias.name for alias in unit.aliases.all())

    other_names.short_description = _("other names")  # type: ignore[attr-defined]

    def parent_name(self, unit: Unit) -> str:
        """The full name of the unit above."""
        if "above" in unit.__dict__:
            return unit.__dict__["above"] or ""
        above = unit.get_parent()
        return above.name if above else ""

    parent_name.short_description = _("parent unit")  # type: ignore[attr-defined]


class MembershipListing(ScopedModelAdmin):
    """Who serves where, as what, from when until when."""

    model = Membership
    base_url_path = "units/membership"
    menu_label = _("Memberships")
    menu_icon = "user"
    menu_item_name = "memberships"
    index_view_class = ImportableIndexView
    index_template_name = "units/listing.html"
    list_display = ("person", "unit_name", "role_held", "valid_from", "valid_until")
    list_filter = ("role", InForceFilter, UnitFilter)
    list_export = ("person", "username", "unit_full_name", "role_held", "valid_from", "valid_until")
    list_select_related = ("user", "unit", "stands_in_for__user")
    search_fields = ("user__name", "user__username", "unit__name", "unit__short_name")
    inspect_view_fields = list_export
    edit_handler = ObjectList(
        [
            FieldPanel("user"),
            FieldPanel("unit"),
            FieldPanel("role"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        ],
        base_form_class=MembershipForm,
    )
    import_kind = ImportKind.PEOPLE

    def person(self, membership: Membership) -> str:
        """The person's name."""
        return str(membership.user)

    person.short_description = _("person's name")  # type: ignore[attr-defined]
    person.admin_order_field = "user__name"  # type: ignore[attr-defined]

    def username(self, membership: Membership) -> str:
        """The account."""
        return membership.user.username

    username.short_description = _("user name")  # type: ignore[attr-defined]

    def unit_name(self, membership: Membership) -> str:
        """The unit as people call it."""
        return str(membership.unit)

    unit_name.short_description = _("unit")  # type: ignore[attr-defined]
    unit_name.admin_order_field = "unit__path"  # type: ignore[attr-defined]

    def role_held(self, membership: Membership) -> str:
        """The role, and for whom it is held."""
        return membership.role_in_words

    role_held.short_description = _("role")  # type: ignore[attr-defined]
    role_held.admin_order_field = "role"  # type: ignore[attr-defined]

    def unit_full_name(self, membership: Membership) -> str:
        """The unit's full name."""
        return membership.unit.name

    unit_full_name.short_description = _("unit")  # type: ignore[attr-defined]


class PersonPermissionHelper(ReadOnlyPermissionHelper):
    """Accounts are written in Wagtail's own form; the list shows them with their memberships."""

    def visible(self, user: Any) -> "QuerySet[User]":
        """Accounts that the person may see."""
        return people_visible_to(user)


class PersonButtons(ButtonHelper):
    """Adds the way to the account's form."""

    def get_buttons_for_obj(self, obj: User, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """Look at, and for whoever may: change the account."""
        buttons: list[dict[str, Any]] = super().get_buttons_for_obj(obj, *args, **kwargs)
        if self.request.user.has_perm("accounts.change_user"):
            buttons.append(
                {
                    "url": reverse("wagtailusers_users:edit", args=[quote(obj.pk)]),
                    "label": gettext("Change account"),
                    "classname": "button button-secondary button-small",
                    "title": gettext("Change name, password or state of this account"),
                }
            )
        return buttons


class PersonListing(ReadOnlyModelAdmin):
    """People with what they are today."""

    model = User
    base_url_path = "units/person"
    menu_label = _("People")
    menu_icon = "user"
    menu_item_name = "people"
    permission_helper_class = PersonPermissionHelper
    button_helper_class = PersonButtons
    index_view_class = PeopleIndexView
    index_template_name = "units/listing.html"
    list_display = ("full_name", "username", "roles_today", "state", "last_login")
    list_filter = (PersonRoleFilter, OpenFilter)
    list_export = ("full_name", "username", "phone", "email", "roles_today", "state", "last_login")
    search_fields = ("name", "username", "phone", "email", "memberships__unit__name", "memberships__unit__short_name")
    ordering = ("username",)
    inspect_view_fields = ("full_name", "username", "phone", "email", "all_roles", "state", "last_login")
    import_kind = ImportKind.PEOPLE

    def get_queryset(self, request: HttpRequest) -> "QuerySet[User]":
        """Visible accounts with their memberships, in two queries."""
        in_force = Prefetch(
            "memberships", Membership.objects.active().select_related("unit", "user"), to_attr="in_force"
        )
        # Not through the parent: accounts have no `visible_to` of their own, they lie below this room.
        rows = ModelAdmin.get_queryset(self, request)
        return rows.filter(pk__in=people_visible_to(request.user).values("pk")).prefetch_related(in_force)

    def full_name(self, person: User) -> str:
        """The name."""
        return str(person)

    full_name.short_description = _("person's name")  # type: ignore[attr-defined]
    full_name.admin_order_field = "name"  # type: ignore[attr-defined]

    def state(self, person: User) -> str:
        """Open or shut."""
        return str(OPEN if person.is_active else SHUT)

    state.short_description = _("account")  # type: ignore[attr-defined]
    state.admin_order_field = "is_active"  # type: ignore[attr-defined]

    def roles_today(self, person: User) -> str:
        """Units and roles of today."""
        return _line(person.__dict__["in_force"])

    roles_today.short_description = _("memberships today")  # type: ignore[attr-defined]

    def all_roles(self, person: User) -> str:
        """All memberships with their dates."""
        return "；".join(
            f"{membership.unit} · {membership.get_role_display()}"
            f"（{membership.valid_from or EMPTY} – {membership.valid_until or EMPTY}）"
            for membership in person.memberships.select_related("unit")
        )

    all_roles.short_description = _("memberships")  # type: ignore[attr-defined]


def _line(memberships: list[Membership]) -> str:
    return "；".join(f"{membership.unit} · {membership.get_role_display()}" for membership in memberships)


class PeopleGroup(ModelAdminGroup):
    """The menu of units and people."""

    menu_label = _("Units and people")
    menu_icon = "group"
    menu_item_name = "units-and-people"
    menu_order = 500
    items = (UnitListing, PersonListing, MembershipListing)
