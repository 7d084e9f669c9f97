"""Form pages, field types and immutable versions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalFormsConfig(AppConfig):
    """Form pages, field types and immutable versions."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.builder"
    label = "portal_forms"
    verbose_name = _("Forms")

    def ready(self) -> None:
        """Listen to Wagtail, and make the checks known."""
        from forms.builder import checks, signals  # noqa: F401
