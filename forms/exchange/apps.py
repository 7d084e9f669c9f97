"""Forms out of the portal and back: JSON and XLSForm."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Forms out of the portal and back: JSON and XLSForm."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.exchange"
    label = "exchange"
    verbose_name = _("Import and export of forms")

    def ready(self) -> None:
        """Let the worker forget uploads that nobody came back for."""
        from forms.exchange import schedule  # noqa: F401
