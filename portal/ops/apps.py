"""Running the portal: set-up, worker, health, start-up checks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpsConfig(AppConfig):
    """Running the portal: set-up, worker, health, start-up checks."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "portal.ops"
    label = "ops"
    verbose_name = _("Operations")

    def ready(self) -> None:
        """Make the checks and the periodic work known."""
        from portal.ops import abandoned, checks, worker  # noqa: F401
