"""Filling in with a workbook."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkbookConfig(AppConfig):
    """Filling in with a workbook."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.exchange.workbook"
    label = "workbook"
    verbose_name = _("Filling in with Excel")

    def ready(self) -> None:
        """Let the worker forget what was uploaded and not taken."""
        from forms.exchange.workbook import schedule  # noqa: F401
