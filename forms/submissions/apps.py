"""Drafts, sending, review and the kept versions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    """Drafts, sending, review and the kept versions."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.submissions"
    label = "submissions"
    verbose_name = _("Reports")
