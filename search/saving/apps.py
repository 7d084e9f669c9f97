"""Saved searches and their alerts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavingConfig(AppConfig):
    """Saved searches and their alerts."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "search.saving"
    label = "saving"
    verbose_name = _("Saved searches")

    def ready(self) -> None:
        """Hear of what arrives in the indexes, tell people of it every minute; show the demonstration some of it."""
        from home.demo.loading import afterwards
        from portal.ops.schedule import every
        from search.saving import receivers  # noqa: F401
        from search.saving.alerting import forget_old, send_alerts
        from search.saving.demo import load_saved_searches

        afterwards(load_saved_searches)
        every(seconds=60, name="saving.alerts")(send_alerts)
        every(seconds=6 * 3600, name="saving.forget")(forget_old)
