"""What administrators decide about the search: synonyms, what comes first, what says nothing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TuningConfig(AppConfig):
    """What administrators decide about the search: synonyms, what comes first, what says nothing."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "search.tuning"
    label = "tuning"
    verbose_name = _("Tuning of the search")

    def ready(self) -> None:
        """Show the demonstration some lists."""
        from home.demo.loading import afterwards
        from search.tuning.demo import load_tuning

        afterwards(load_tuning)
