"""Running the portal: set-up, worker, health."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpsConfig(AppConfig):
    """Running the portal: set-up, worker, health."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "portal.ops"
    label = "ops"
    verbose_name = _("Operations")
