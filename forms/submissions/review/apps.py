"""Review of reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    """Review of reports."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.submissions.review"
    label = "review"
    verbose_name = _("Review of reports")

    def ready(self) -> None:
        """Listen to what arrives."""
        from forms.submissions.review import receivers  # noqa: F401
