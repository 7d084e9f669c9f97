"""One event, many channels: inbox, e-mail, messaging gateway."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """One event, many channels."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "portal.notifications"
    label = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """Let the worker look after what has not gone out yet; tell those who stand in."""
        from portal.notifications import schedule, standing_in  # noqa: F401
