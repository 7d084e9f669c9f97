"""What others already announce, written into the log: signing in and out, lock-outs, and every write of Wagtail's."""

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.models import ModelLogEntry, PageLogEntry

from portal.audit.enums import AuditAction
from portal.audit.services import Target, record

WAGTAIL_ACTIONS = {
    "wagtail.create": AuditAction.CREATE,
    "wagtail.copy": AuditAction.CREATE,
    "wagtail.publish": AuditAction.PUBLISH,
    "wagtail.unpublish": AuditAction.PUBLISH,
    "wagtail.publish.scheduled": AuditAction.PUBLISH,
    "wagtail.delete": AuditAction.DELETE,
    "wagtail.view_restriction.create": AuditAction.PERMISSION_CHANGE,
    "wagtail.view_restriction.edit": AuditAction.PERMISSION_CHANGE,
    "wagtail.view_restriction.delete": AuditAction.PERMISSION_CHANGE,
}
"""Wagtail's own vocabulary → ours; what is not named here is a change."""

PERMISSION_MODELS = {("accounts", "user"), ("auth", "group")}
RECORDED_BY_THEIR_ROOM = {("units", "unit"), ("units", "membership")}
"""What these rooms change they write into the log themselves, from the admin and from a command alike."""


@receiver(user_logged_in)
def signed_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """A password was accepted."""
    record(action=AuditAction.SIGN_IN, user=user)


@receiver(user_logged_out)
def signed_out(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """A session was ended by its owner."""
    if user is not None:
        record(action=AuditAction.SIGN_OUT, user=user)


@receiver(user_login_failed)
def sign_in_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """A password was refused; the name tried is kept, the password never."""
    record(action=AuditAction.SIGN_IN_FAILED, user_name=str(credentials.get("username", "")))


@receiver(user_locked_out)
def locked_out(sender: Any, username: str | None = None, **kwargs: Any) -> None:
    """Too many refusals: the account is shut for a while from that address."""
    record(action=AuditAction.LOCKED_OUT, user_name=username or "")


@receiver(post_save, sender=PageLogEntry)
@receiver(post_save, sender=ModelLogEntry)
def wagtail_wrote(sender: Any, instance: PageLogEntry | ModelLogEntry, created: bool, **kwargs: Any) -> None:
    """Wagtail logs every write of its admin; the audit log takes it over in the same transaction."""
    if not created:
        return
    content_type = instance.content_type
    model = (content_type.app_label, content_type.model) if content_type else None
    if model in RECORDED_BY_THEIR_ROOM:
        return
    action = WAGTAIL_ACTIONS.get(instance.action, AuditAction.CHANGE)
    if model in PERMISSION_MODELS:
        action = AuditAction.PERMISSION_CHANGE
    number = instance.page_id if isinstance(instance, PageLogEntry) else instance.object_id
    kind = ".".join(model) if model else ""
    record(
        action=action,
        user=instance.user,
        target=Target(type=kind, id=str(number), label=instance.label),
        summary=instance.action,
    )
