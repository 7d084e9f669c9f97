"""The bin."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BinConfig(AppConfig):
    """The bin."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.submissions.bin"
    label = "bin"
    verbose_name = _("Bin")

    def ready(self) -> None:
        """Let the worker empty it."""
        from forms.submissions.bin import schedule  # noqa: F401
