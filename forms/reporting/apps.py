"""Figures out of what was reported: the matrix of units and periods, indicators, the dashboard."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Figures out of what was reported."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "forms.reporting"
    label = "reporting"
    verbose_name = _("Figures and charts")
