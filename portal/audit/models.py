"""The append-only log."""

from typing import Any, NoReturn

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.audit.enums import AuditAction
from portal.audit.querysets import AuditEventQuerySet


class AppendOnlyError(Exception):
    """Somebody tried to change or delete what was recorded."""


class AuditEvent(models.Model):
    """One thing a person did. Rows are only added: this class refuses the rest, and so does the database itself."""

    at = models.DateTimeField(_("time"), auto_now_add=True, db_index=True)
    action = models.CharField(_("what was done"), max_length=30, choices=AuditAction)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    user_name = models.CharField(_("name at that time"), max_length=150, blank=True)
    target_type = models.CharField(_("kind of target"), max_length=60, blank=True)
    target_id = models.CharField(_("target number"), max_length=40, blank=True)
    target_label = models.CharField(_("target"), max_length=255, blank=True)
    summary = models.CharField(_("summary"), max_length=255, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_target")]

    def __str__(self) -> str:
        return f"{self.user_name} {self.get_action_display()} {self.target_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to write it a second time."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError

    @property
    def target_kind(self) -> str:
        """The kind of target in words, as far as the portal still has it."""
        try:
            return str(apps.get_model(self.target_type)._meta.verbose_name)
        except (LookupError, ValueError):
            return self.target_type
