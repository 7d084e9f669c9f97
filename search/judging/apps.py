"""Lists of judged questions: what should be found for what people ask."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JudgingConfig(AppConfig):
    """Lists of judged questions: what should be found for what people ask."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "search.judging"
    label = "judging"
    verbose_name = _("Judged questions")

    def ready(self) -> None:
        """Show the demonstration its own list."""
        from home.demo.loading import afterwards
        from search.judging.demo import load_judgements

        afterwards(load_judgements)
