"""Files that arrive piece by piece."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UploadsConfig(AppConfig):
    """Files that arrive piece by piece."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.submissions.uploads"
    label = "uploads"
    verbose_name = _("Files on their way")

    def ready(self) -> None:
        """Let the worker remove what nobody went on with."""
        from forms.submissions.uploads import schedule  # noqa: F401
