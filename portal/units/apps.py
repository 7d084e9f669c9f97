"""Who answers: the organisation tree and who serves in it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    """Who answers: the organisation tree and who serves in it."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "portal.units"
    label = "units"
    verbose_name = _("Units and people")

    def ready(self) -> None:
        """Let permissions and the log follow memberships; register periodic work."""
        from portal.ops.schedule import every
        from portal.units import signals  # noqa: F401
        from portal.units.tasks import forget_uploaded_tables

        every(seconds=60 * 60)(forget_uploaded_tables)
