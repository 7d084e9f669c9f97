"""The log in the Wagtail admin, under reports: to read, search and export, never to write."""

import json

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import registry as log_registry
from wagtail_modeladmin.menus import ModelAdminMenuItem

from portal.audit.filters import PeriodFilter
from portal.audit.listings import EMPTY, ReadOnlyModelAdmin
from portal.audit.models import AuditEvent

STEPS = {
    "membership.granted": _("Membership given"),
    "membership.changed": _("Membership changed"),
    "membership.withdrawn": _("Membership withdrawn"),
    "units": _("Table of units imported"),
    "people": _("Table of people imported"),
    "form.import": _("Form made from a file"),
    "form.export": _("Form exported"),
    "search.exported": _("Search results exported"),
    "second_factor": _("Wrong code of the second factor"),
    "wish.answered": _("What people look for: answered"),
    "wish.declined": _("What people look for: declined"),
    "password": _("Password changed by its owner"),
}


class AuditListing(ReadOnlyModelAdmin):
    """Who saw, changed and exported what."""

    model = AuditEvent
    base_url_path = "audit/log"
    menu_label = _("Audit log")
    menu_icon = "history"
    menu_item_name = "audit-log"
    add_to_admin_menu = False
    list_display = ("time", "action", "person", "target_kind", "target", "address")
    list_display_add_buttons = "time"
    list_filter = (PeriodFilter, "action")
    list_export = (
        "at",
        "action",
        "user_name",
        "login",
        "target_kind",
        "target_id",
        "target_label",
        "happened",
        "details_text",
        "address",
    )
    list_select_related = ("user",)
    search_fields = ("user_name", "user__username", "user__name", "target_label", "target_id", "summary", "address")
    inspect_view_fields = (
        "time",
        "action",
        "person",
        "login",
        "target_kind",
        "target_label",
        "target_id",
        "happened",
        "details_text",
        "address",
    )

    def time(self, event: AuditEvent) -> str:
        """The moment, to the second, in the site's time."""
        return date_format(timezone.localtime(event.at), "Y-m-d H:i:s")

    time.short_description = _("time")  # type: ignore[attr-defined]
    time.admin_order_field = "at"  # type: ignore[attr-defined]

    def person(self, event: AuditEvent) -> str:
        """Who did it, by the name of that time."""
        return event.user_name or EMPTY

    person.short_description = _("person")  # type: ignore[attr-defined]
    person.admin_order_field = "user_name"  # type: ignore[attr-defined]

    def login(self, event: AuditEvent) -> str:
        """The account's user name."""
        return event.user.username if event.user else ""

    login.short_description = _("user name")  # type: ignore[attr-defined]

    def target(self, event: AuditEvent) -> str:
        """What it was about."""
        return event.target_label or EMPTY

    target.short_description = _("target")  # type: ignore[attr-defined]

    def target_kind(self, event: AuditEvent) -> str:
        """The kind of target in words, as far as the portal still has it."""
        return event.target_kind

    target_kind.short_description = _("kind of target")  # type: ignore[attr-defined]

    def happened(self, event: AuditEvent) -> str:
        """The summary in words, where it is one of the names that Wagtail or the portal gives to a step."""
        if event.summary in STEPS:
            return str(STEPS[event.summary])
        if log_registry.action_exists(event.summary):
            return str(log_registry.get_action_label(event.summary))
        return event.summary

    happened.short_description = _("summary")  # type: ignore[attr-defined]

    def details_text(self, event: AuditEvent) -> str:
        """The details as they were recorded."""
        return json.dumps(event.details, ensure_ascii=False) if event.details else ""

    details_text.short_description = _("details")  # type: ignore[attr-defined]


listing = AuditListing()
listing.register_with_wagtail()


@hooks.register("register_reports_menu_item")
def audit_log_menu_item() -> ModelAdminMenuItem:
    """The log stands among the reports."""
    return listing.get_menu_item(order=10)
