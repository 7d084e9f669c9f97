"""Reads of what administrators decided."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from search.tuning.permissions import may_tune_search

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


class TuningQuerySet(QuerySet[Any]):
    """Rows that administrators keep."""

    def visible_to(self, user: "User | AnonymousUser") -> "TuningQuerySet":
        """All for administrators; none for anybody else."""
        return self if may_tune_search(user) else self.none()

    def active(self) -> "TuningQuerySet":
        """Rows that are switched on."""
        return self.filter(is_active=True)
