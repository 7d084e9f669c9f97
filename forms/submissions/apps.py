"""Drafts, sending, review and the kept versions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    """Drafts, sending, review and the kept versions."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.submissions"
    label = "submissions"
    verbose_name = _("Reports")

    def ready(self) -> None:
        """Tell the rooms below what has been sent, and let the worker remove what never was."""
        from forms.builder.versions.providers import register_reports
        from forms.collection.progress import register_source
        from forms.submissions import notices, schedule  # noqa: F401
        from forms.submissions.of_forms import ReportsOfForms
        from forms.submissions.progress import Reports
        from forms.submissions.receipts import checks  # noqa: F401
        from forms.submissions.trial import signals  # noqa: F401

        register_source(Reports())
        register_reports(ReportsOfForms())
