"""What follows from a written membership: Wagtail's groups, and a line in the audit log. The one place with signals."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_save
from django.dispatch import receiver

from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import acting_user, record
from portal.units.models import Membership
from portal.units.roles import apply_roles, applying, ensure_role_permissions

FIELDS = ("user_id", "unit_id", "role", "valid_from", "valid_until", "stands_in_for_id")


def _state(membership: Membership) -> dict[str, Any]:
    """The membership as plain JSON."""
    values = {name: getattr(membership, name) for name in FIELDS}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


@receiver(pre_save, sender=Membership)
def remember(sender: type[Membership], instance: Membership, raw: bool = False, **kwargs: Any) -> None:
    """Keep what the membership was, for the comparison after the write."""
    before = None if instance._state.adding or raw else Membership.objects.filter(pk=instance.pk).first()
    instance.__dict__["_before"] = _state(before) if before else None


@receiver(post_save, sender=Membership)
def saved(sender: type[Membership], instance: Membership, raw: bool = False, **kwargs: Any) -> None:
    """A membership began or changed: permissions follow in the same transaction, and the log says who did it."""
    before = instance.__dict__.pop("_before", None)
    after = _state(instance)
    if raw or before == after:
        return
    apply_roles(user=instance.user)
    if before and before["user_id"] != instance.user_id:
        apply_roles(user=User.objects.get(pk=before["user_id"]))
    if before:  # whoever stands in holds the role as long as the one who is absent would
        for person in User.objects.filter(memberships__stands_in_for=instance).distinct():
            apply_roles(user=person)
    _tell(instance, "changed" if before else "granted", {"before": before, "after": after})


@receiver(post_delete, sender=Membership)
def deleted(sender: type[Membership], instance: Membership, **kwargs: Any) -> None:
    """A membership was taken away altogether."""
    apply_roles(user=instance.user)
    _tell(instance, "withdrawn", {"before": _state(instance), "after": None})


def _tell(membership: Membership, what: str, details: dict[str, Any]) -> None:
    record(
        action=AuditAction.PERMISSION_CHANGE,
        user=acting_user(),
        target=membership,
        summary=f"membership.{what}",
        details=details,
    )


@receiver(m2m_changed, sender=User.groups.through)
def groups_written(sender: Any, instance: User | Group, action: str, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Groups of roles given by hand (Wagtail can do so for many people at once) do not last: memberships decide."""
    if applying.get() or action not in ("post_add", "post_remove", "post_clear"):
        return
    people = [instance] if isinstance(instance, User) else User.objects.filter(pk__in=pk_set or ())
    for person in people:
        apply_roles(user=person)


@receiver(post_migrate)
def permissions_follow(sender: AppConfig, **kwargs: Any) -> None:
    """Groups and their permissions are there after every migration."""
    if sender.label == "units":
        ensure_role_permissions()
