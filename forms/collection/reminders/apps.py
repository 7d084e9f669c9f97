"""Reminders of reports that are owed."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    """Reminders of reports that are owed."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.collection.reminders"
    label = "reminders"
    verbose_name = _("Reminders")

    def ready(self) -> None:
        """Let the worker remind."""
        from forms.collection.reminders import schedule  # noqa: F401
