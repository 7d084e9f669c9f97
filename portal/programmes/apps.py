"""The plan: phases, actions, tasks, milestones, and its import."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    """The plan: phases, actions, tasks, milestones, and its import."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "portal.programmes"
    label = "programmes"
    verbose_name = _("Programmes")
