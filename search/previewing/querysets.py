"""Reads of previews."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from search.previewing.enums import UNFINISHED, PreviewState
from search.tuning.permissions import may_tune_search

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User
    from search.previewing.models import Preview


class PreviewQuerySet(QuerySet[Any]):
    """Previews."""

    def visible_to(self, user: "User | AnonymousUser") -> "PreviewQuerySet":
        """One's own: what is in it follows from who asked; none for who does not tune the search (any more)."""
        return self.filter(owner_id=user.pk) if may_tune_search(user) else self.none()

    def to_be_taken(self, now: datetime.datetime) -> "PreviewQuerySet":
        """Waiting ones, and those whose worker has not been heard of for too long."""
        return self.filter(Q(state=PreviewState.QUEUED) | Q(state=PreviewState.RUNNING, lease_until__lt=now))

    def to_be_queued(self, now: datetime.datetime) -> "PreviewQuerySet":
        """Of those, the ones for which no task has been queued lately."""
        return self.to_be_taken(now).filter(not_before__lte=now)

    def ended(self) -> "PreviewQuerySet":
        """Nobody works on them any more."""
        return self.exclude(state__in=UNFINISHED)

    def last_of_each_list(self, seen: str) -> "list[Preview]":
        """The last preview on each list, the newest first, of the draft and what was live that `seen` names."""
        found: dict[int, Preview] = {}
        for preview in self.filter(seen=seen).select_related("judgements"):
            found.setdefault(preview.judgements_id, preview)
        return list(found.values())
