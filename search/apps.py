"""Finding: documents, engines, outbox, views."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Finding: documents, engines, outbox, views."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "search"
    label = "search"
    verbose_name = _("Search")
