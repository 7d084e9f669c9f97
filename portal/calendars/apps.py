"""Which days are worked: the State Council's notices, and what an administrator has entered."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarsConfig(AppConfig):
    """Which days are worked."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "portal.calendars"
    label = "calendars"
    verbose_name = _("Working days")
