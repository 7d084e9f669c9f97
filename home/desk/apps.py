"""One's own desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """One's own desk."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "home.desk"
    label = "desk"
    verbose_name = _("My work")
