"""Reads of the audit log."""

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User
    from portal.audit.models import AuditEvent


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Events; only those whose job it is may read them."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Everything for whoever holds the permission to view the log (the auditor's role), nothing for others."""
        return self.all() if user.has_perm("audit.view_auditevent") else self.none()

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: the log is append-only."""
        from portal.audit.models import AppendOnlyError

        raise AppendOnlyError

    def delete(self) -> NoReturn:
        """Refuse: the log is append-only."""
        from portal.audit.models import AppendOnlyError

        raise AppendOnlyError
