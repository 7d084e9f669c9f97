"""Who else has a report open for filling in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PresenceConfig(AppConfig):
    """Who else has a report open for filling in."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.submissions.presence"
    label = "presence"
    verbose_name = _("Who is filling in")

    def ready(self) -> None:
        """Let the worker forget who has gone."""
        from forms.submissions.presence import schedule  # noqa: F401
