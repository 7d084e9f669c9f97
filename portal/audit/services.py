"""Writing the log."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

current_address: ContextVar[str | None] = ContextVar("current_address", default=None)
"""The network address of the request being answered; set by the middleware, so that services need no request."""

current_user: "ContextVar[Callable[[], User | AnonymousUser | None] | None]" = ContextVar("current_user", default=None)
"""Who makes the request being answered: asked only when needed, because the session is read later than this is set."""


def acting_user() -> "User | None":
    """The person on whose request the code runs; None in a shell, a command or a background task."""
    ask = current_user.get()
    user = ask() if ask else None
    return user if user is not None and user.is_authenticated else None


@dataclass(frozen=True)
class Target:
    """What an event is about, where the row itself is not at hand (or gone)."""

    type: str
    id: str
    label: str

    @classmethod
    def of(cls, row: models.Model) -> "Target":
        """The target that a row is."""
        return cls(row._meta.label_lower, str(row.pk), str(row))


def record(
    *,
    action: AuditAction,
    user: "User | AnonymousUser | None" = None,
    target: "models.Model | Target | None" = None,
    summary: str = "",
    details: dict[str, Any] | None = None,
    user_name: str = "",
) -> AuditEvent:
    """Add one event. Call it inside the transaction of what it tells of, so that neither exists without the other.

    `details` must be plain JSON and must not carry what the log's readers may not see: keys and counts, not answers.
    """
    person = user if user is not None and user.is_authenticated else None
    about = Target.of(target) if isinstance(target, models.Model) else target
    return AuditEvent.objects.create(
        action=action,
        user_id=person.pk if person else None,
        user_name=(user_name or (str(person) if person else ""))[:150],
        target_type=about.type[:60] if about else "",
        target_id=about.id[:40] if about else "",
        target_label=about.label[:255] if about else "",
        summary=summary[:255],
        details=details or {},
        address=current_address.get(),
    )
