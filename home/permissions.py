"""Predicates about pages."""

from typing import TYPE_CHECKING

from wagtail.models import Page

from portal.units.access import access_for
from portal.units.enums import ADMIN_INTERFACE

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def may_edit(user: "User | AnonymousUser", page: Page) -> bool:
    """Whether a link to the page's editing form helps the reader."""
    if not user.is_authenticated or not (user.is_superuser or access_for(user).has(*ADMIN_INTERFACE)):
        return False
    return bool(page.permissions_for_user(user).can_edit())
