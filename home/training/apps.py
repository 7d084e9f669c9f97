"""Training materials and classes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    """Training materials and classes."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "home.training"
    label = "training"
    verbose_name = _("Training")
