"""Documents and images: private, with their text extracted."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """Documents and images: private, with their text extracted."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "portal.media"
    label = "media"
    verbose_name = _("Documents and images")

    def ready(self) -> None:
        """Listen to what changes, and read again by night what a former reader gave up on."""
        from portal.media import receivers, schedule  # noqa: F401
