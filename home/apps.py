"""The home page and what all pages share."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The home page and what all pages share."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "home"
    label = "home"
    verbose_name = _("Home page")
