"""What a draft of the tuning would do to judged questions, before it goes live."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreviewingConfig(AppConfig):
    """What a draft of the tuning would do to judged questions, before it goes live."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "search.previewing"
    label = "previewing"
    verbose_name = _("Previews of the tuning")

    def ready(self) -> None:
        """Let the worker take up what was left, and drop what is old."""
        from portal.ops.schedule import every
        from search.previewing.running import look_after

        every(seconds=60, name="previewing.look_after")(look_after)
