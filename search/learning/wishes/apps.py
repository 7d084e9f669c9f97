"""What people were looking for and did not find."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WishesConfig(AppConfig):
    """What people were looking for and did not find."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "search.learning.wishes"
    label = "wishes"
    verbose_name = _("What people look for")

    def ready(self) -> None:
        """Tell editors on their home page how much waits for them; show the demonstration some of it."""
        from home.demo.loading import afterwards
        from home.waiting import ask
        from search.learning.wishes.demo import load_wishes
        from search.learning.wishes.reading import wishes_waiting

        ask(wishes_waiting)
        afterwards(load_wishes)
