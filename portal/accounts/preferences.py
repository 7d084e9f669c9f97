"""The Wagtail admin's own account page, without what the portal's account page and the administrator look after."""

from typing import Any

from wagtail.admin.views.account import AccountView, ChangePasswordPanel, NameEmailSettingsPanel

ELSEWHERE = (NameEmailSettingsPanel, ChangePasswordPanel)
"""A Chinese name is one word, which Wagtail's two required fields for it would tear; passwords have their own page."""


class PreferencesView(AccountView):
    """Picture, notifications, language and theme of the admin."""

    def get_panels(self) -> list[Any]:
        """Wagtail's panels without name and password."""
        return [panel for panel in super().get_panels() if not isinstance(panel, ELSEWHERE)]
