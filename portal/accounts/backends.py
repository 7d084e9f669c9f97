"""Whose session it is; asked by every request."""

from typing import TYPE_CHECKING

from django.contrib.auth.backends import ModelBackend

from portal.ops.compiled import Compiled

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from portal.accounts.models import User


def _account(pk: int) -> "QuerySet[User]":
    from portal.accounts.models import User

    return User.objects.filter(pk=pk)


ACCOUNT = Compiled(_account, pk=int)


class AccountBackend(ModelBackend):
    """Django's, whose query is compiled once."""

    def get_user(self, user_id: int) -> "User | None":
        """The account, if it may sign in."""
        return next((user for user in ACCOUNT.rows(pk=int(user_id)) if self.user_can_authenticate(user)), None)
