"""Signed web hooks: other systems are told when a report moves."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HooksConfig(AppConfig):
    """Signed web hooks."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.exchange.hooks"
    label = "hooks"
    verbose_name = _("Web hooks")

    def ready(self) -> None:
        """Listen to what moves, and let the worker look after what has not gone out."""
        from forms.exchange.hooks import receivers, schedule  # noqa: F401
