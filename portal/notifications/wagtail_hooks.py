"""Deliveries in the Wagtail admin, under reports: an administrator sees what went out, what did not, and why."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail_modeladmin.menus import ModelAdminMenuItem

from portal.audit.listings import EMPTY, ReadOnlyModelAdmin
from portal.notifications.models import Delivery


class DeliveryListing(ReadOnlyModelAdmin):
    """What was sent to whom on which channel. The text is the person's; here stands its title."""

    model = Delivery
    base_url_path = "notifications/deliveries"
    menu_label = _("Deliveries")
    menu_icon = "mail"
    menu_item_name = "deliveries"
    add_to_admin_menu = False
    list_display = ("title", "person", "channel", "state", "attempts", "tried", "sent")
    list_display_add_buttons = "title"
    list_filter = ("state", "channel")
    list_export = ("title", "person", "login", "kind", "channel", "state", "attempts", "error", "sent_at")
    list_select_related = ("notification__recipient",)
    search_fields = (
        "notification__title",
        "notification__recipient__name",
        "notification__recipient__username",
        "error",
    )
    inspect_view_fields = ("title", "kind", "person", "login", "channel", "state", "attempts", "tried", "error", "sent")

    def title(self, delivery: Delivery) -> str:
        """What it was about."""
        return delivery.notification.shown_title

    title.short_description = pgettext_lazy("notification", "title")  # type: ignore[attr-defined]

    def kind(self, delivery: Delivery) -> str:
        """The kind of notification."""
        return delivery.notification.get_kind_display()

    kind.short_description = pgettext_lazy("notification", "kind")  # type: ignore[attr-defined]

    def person(self, delivery: Delivery) -> str:
        """Whom it is for."""
        return str(delivery.notification.recipient)

    person.short_description = pgettext_lazy("notification", "recipient")  # type: ignore[attr-defined]
    person.admin_order_field = "notification__recipient__name"  # type: ignore[attr-defined]

    def login(self, delivery: Delivery) -> str:
        """The account's user name."""
        return delivery.notification.recipient.username

    login.short_description = _("user name")  # type: ignore[attr-defined]

    def tried(self, delivery: Delivery) -> str:
        """When it was tried last."""
        return _instant(delivery.claimed_at)

    tried.short_description = _("last attempt at")  # type: ignore[attr-defined]
    tried.admin_order_field = "claimed_at"  # type: ignore[attr-defined]

    def sent(self, delivery: Delivery) -> str:
        """When it went out."""
        return _instant(delivery.sent_at)

    sent.short_description = pgettext_lazy("delivery", "sent at")  # type: ignore[attr-defined]
    sent.admin_order_field = "sent_at"  # type: ignore[attr-defined]


def _instant(at: datetime.datetime | None) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i:s") if at else EMPTY


listing = DeliveryListing()
listing.register_with_wagtail()


@hooks.register("register_reports_menu_item")
def deliveries_menu_item() -> ModelAdminMenuItem:
    """The list stands among the reports, after the log."""
    return listing.get_menu_item(order=20)
