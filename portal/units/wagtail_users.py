"""Wagtail's users app with the portal's account form."""

from wagtail.users.apps import WagtailUsersAppConfig


class PortalUsersConfig(WagtailUsersAppConfig):
    """Named in INSTALLED_APPS in place of ``wagtail.users``."""

    user_viewset = "portal.units.account_admin.AccountViewSet"
