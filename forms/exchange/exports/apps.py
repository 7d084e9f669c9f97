"""Reports out of the portal: XLSX, CSV and JSON, written in the background."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    """Reports out of the portal."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.exchange.exports"
    label = "exports"
    verbose_name = _("Exports of reports")

    def ready(self) -> None:
        """Let the worker look after what waits."""
        from forms.exchange.exports import schedule  # noqa: F401
