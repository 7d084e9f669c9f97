"""The append-only log with a closed vocabulary."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The append-only log with a closed vocabulary."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "portal.audit"
    label = "audit"
    verbose_name = _("Audit log")

    def ready(self) -> None:
        """Listen to what is announced elsewhere, and see to exports."""
        from portal.audit import signals  # noqa: F401
        from portal.audit.exports import mend_wagtail_exports

        mend_wagtail_exports()
