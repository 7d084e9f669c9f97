"""Reads of what people look for: who may see which."""

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, QuerySet

from search.learning.permissions import may_read_questions
from search.learning.wishes.enums import WishState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


class WishQuerySet(QuerySet[Any]):
    """Wishes, each of one question and of everybody who asked it."""

    def visible_to(self, user: "User | AnonymousUser") -> "WishQuerySet":
        """Every wish for editors of the library and administrators; their own for everybody else."""
        if may_read_questions(user):
            return self
        return self.filter(askers__user_id=user.pk) if user.is_authenticated else self.none()

    def still_open(self) -> "WishQuerySet":
        """What nobody has answered."""
        return self.filter(state=WishState.OPEN)

    def closed(self) -> "WishQuerySet":
        """What has been answered or declined, the latest first."""
        return self.exclude(state=WishState.OPEN).order_by("-answered_at", "-pk")

    def with_people(self) -> "WishQuerySet":
        """With `people`, how many asked, and `since`, when the first of them did."""
        return self.annotate(people=Count("askers"), since=Min("askers__asked_at"))


class AskerQuerySet(QuerySet[Any]):
    """People's parts in wishes."""

    def visible_to(self, user: "User | AnonymousUser") -> "AskerQuerySet":
        """Everybody's for editors of the library and administrators; one's own otherwise: others' names stay unseen."""
        if may_read_questions(user):
            return self
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()
