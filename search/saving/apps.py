"""Saved searches and their alerts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavingConfig(AppConfig):
    """Saved searches and their alerts."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "search.saving"
    label = "saving"
    verbose_name = _("Saved searches")
