"""Publicity campaigns."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """Publicity campaigns."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "home.campaigns"
    label = "campaigns"
    verbose_name = _("Campaigns")
