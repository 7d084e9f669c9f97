"""Tokens in the Wagtail admin, under reports: an administrator sees who reads by program, and until when."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail_modeladmin.menus import ModelAdminMenuItem

from portal.audit.listings import ReadOnlyModelAdmin
from portal.tokens.models import ApiToken


class TokenListing(ReadOnlyModelAdmin):
    """Whose, what for, how long, last used when and from where."""

    model = ApiToken
    base_url_path = "tokens"
    menu_label = _("Access tokens")
    menu_icon = "key"
    menu_item_name = "tokens"
    add_to_admin_menu = False
    list_display = ("name", "owner", "start", "expires_at", "revoked_at", "last_used_at", "last_used_from")
    list_display_add_buttons = "name"
    list_export = ("name", "owner", "start", "created_at", "expires_at", "revoked_at", "last_used_at", "last_used_from")
    list_select_related = ("owner",)
    search_fields = ("name", "owner__name", "owner__username")
    inspect_view_fields = ("name", "owner", "start", "created_at", "expires_at", "revoked_at", "last_used_at")


listing = TokenListing()
listing.register_with_wagtail()


@hooks.register("register_reports_menu_item")
def tokens_menu_item() -> ModelAdminMenuItem:
    """The list stands among the reports."""
    return listing.get_menu_item(order=30)
