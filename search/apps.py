"""Finding: documents, engines, outbox, views."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Finding: documents, engines, outbox, views."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Listen to what changes, and bring it to the engines every two seconds; validity turns within the day.

        By night the indexes are compared with the database, and files of reports that a former reader gave up on are
        read again. What others have found is offered to whoever types the beginning of it.
        """
        from portal.ops.schedule import every
        from search import checks, signals  # noqa: F401
        from search.draining import drain
        from search.nightly import check_by_night
        from search.rereading import read_again
        from search.suggesting.services import remember_questions
        from search.turning import turn

        every(seconds=2, name="search.drain")(drain)
        every(seconds=6 * 3600, name="search.turn")(turn)
        every(seconds=300, name="search.check_by_night")(check_by_night)
        every(seconds=600, name="search.read_again")(read_again)
        every(seconds=300, name="search.remember_questions")(remember_questions)
