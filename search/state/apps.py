"""How the search is doing, shown to those who may mend it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StateConfig(AppConfig):
    """How the search is doing, shown to those who may mend it."""

    name = "search.state"
    label = "search_state"
    verbose_name = _("State of the search")
