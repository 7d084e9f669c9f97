"""Predicates about what people asked for."""

from typing import TYPE_CHECKING

from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

LIBRARIANS = (Role.EDITOR, Role.ADMINISTRATOR)
"""Who keeps the library: a question may say more than its author meant to, so nobody else reads them."""


def may_read_questions(user: "User | AnonymousUser") -> bool:
    """Whether the person may read what others asked, and answer what they were looking for."""
    return access_for(user).has(*LIBRARIANS)
