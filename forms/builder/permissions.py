"""Predicates about forms."""

from typing import TYPE_CHECKING

from wagtail.permissions import page_permission_policy

from portal.units.access import access_for
from portal.units.enums import ADMIN_INTERFACE, INSIDERS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def may_read_forms(user: "User | AnonymousUser") -> bool:
    """Whether the person may see what forms ask: every insider."""
    return access_for(user).has(*INSIDERS)


def may_list_versions(user: "User | AnonymousUser") -> bool:
    """Whether the list of versions in the admin is for them."""
    return access_for(user).has(*ADMIN_INTERFACE)


def may_build_forms(user: "User | AnonymousUser") -> bool:
    """Whether the person may add or change forms somewhere in the tree of pages."""
    return bool(page_permission_policy.user_has_any_permission(user, {"add", "change"}))
