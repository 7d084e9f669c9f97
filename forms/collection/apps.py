"""Requirements, periods and expected reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollectionConfig(AppConfig):
    """Requirements, periods and expected reports."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.collection"
    label = "collection"
    verbose_name = _("Requirements and periods")

    def ready(self) -> None:
        """Let the worker make expected reports, and tell the room below what is asked with its forms."""
        from forms.builder.versions.providers import register_demands
        from forms.collection import schedule  # noqa: F401
        from forms.collection.demands import Requirements

        register_demands(Requirements())
