"""Roll-ups."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RollUpsConfig(AppConfig):
    """Roll-ups."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.reporting.rollups"
    label = "rollups"
    verbose_name = _("Roll-ups")

    def ready(self) -> None:
        """Follow what becomes of the reports; let the worker look after files."""
        from forms.reporting.rollups import receivers, schedule  # noqa: F401
