"""Tokens in the Wagtail admin, under reports: an administrator sees who reads by program, and ends that."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail_modeladmin.helpers import ButtonHelper
from wagtail_modeladmin.menus import ModelAdminMenuItem

from portal.audit.listings import ReadOnlyModelAdmin
from portal.tokens.models import ApiToken


class TokenButtons(ButtonHelper):
    """Adds the way to taking a token back."""

    def get_buttons_for_obj(self, obj: ApiToken, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        """Look at, and take back where that changes anything."""
        buttons: list[dict[str, Any]] = super().get_buttons_for_obj(obj, *args, **kwargs)
        if obj.revoked_at is None:
            buttons.append(
                {
                    "url": reverse("tokens:revoke", args=[obj.pk]),
                    "label": pgettext("token", "Take back"),
                    "classname": "button button-secondary button-small no",
                    "title": gettext("Programs that use this token will be refused"),
                }
            )
        return buttons


class TokenListing(ReadOnlyModelAdmin):
    """Whose, what for, how long, last used when and from where."""

    model = ApiToken
    base_url_path = "tokens"
    menu_label = _("Access tokens")
    menu_icon = "key"
    menu_item_name = "tokens"
    add_to_admin_menu = False
    button_helper_class = TokenButtons
    list_display = ("name", "owner", "scopes_in_words", "state", "expires_at", "last_used_at", "last_used_from")
    list_display_add_buttons = "name"
    list_export = (
        *("name", "owner", "login", "scopes_in_words", "start", "state", "created_at", "expires_at", "revoked_at"),
        *("last_used_at", "last_used_from"),
    )
    list_select_related = ("owner",)
    search_fields = ("name", "owner__name", "owner__username")
    inspect_view_fields = (
        *("name", "owner", "login", "scopes_in_words", "start", "state", "created_at", "expires_at", "revoked_at"),
        *("last_used_at", "last_used_from"),
    )

    def scopes_in_words(self, token: ApiToken) -> str:
        """What it may read."""
        return "、".join(token.scope_labels)

    scopes_in_words.short_description = pgettext_lazy("token", "It may")  # type: ignore[attr-defined]

    def state(self, token: ApiToken) -> str:
        """Whether it opens anything."""
        return str(token.state.label)

    state.short_description = _("State")  # type: ignore[attr-defined]

    def login(self, token: ApiToken) -> str:
        """The owner's user name."""
        return token.owner.username

    login.short_description = _("User name")  # type: ignore[attr-defined]


listing = TokenListing()
listing.register_with_wagtail()


@hooks.register("register_reports_menu_item")
def tokens_menu_item() -> ModelAdminMenuItem:
    """The list stands among the reports."""
    return listing.get_menu_item(order=30)
