"""Learning from searches: what is asked, what is opened, what people miss."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """Learning from searches: what is asked, what is opened, what people miss."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "search.learning"
    label = "learning"
    verbose_name = _("Learning from searches")

    def ready(self) -> None:
        """Let the worker drop what is older than it may be; show the demonstration what is asked."""
        from home.demo.loading import afterwards
        from portal.ops.schedule import every
        from search.learning import checks  # noqa: F401
        from search.learning.demo import load_searches
        from search.learning.services import drop_old

        afterwards(load_searches)
        every(seconds=3600, name="learning.drop_old")(drop_old)
