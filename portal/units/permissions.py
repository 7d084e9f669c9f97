"""Who may do what with units and people, beyond the model permissions that roles carry."""

from typing import TYPE_CHECKING

from portal.units.enums import ImportKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def may_import_units(user: "User | AnonymousUser") -> bool:
    """Whoever may add and change units one by one may do so by table."""
    return user.has_perms(["units.add_unit", "units.change_unit"])


def may_import_people(user: "User | AnonymousUser") -> bool:
    """Whoever may add accounts and memberships one by one may do so by table."""
    return user.has_perms(
        ["accounts.add_user", "accounts.change_user", "units.add_membership", "units.change_membership"]
    )


def may_import(user: "User | AnonymousUser", kind: ImportKind) -> bool:
    """The permission for one kind of table."""
    return may_import_units(user) if kind == ImportKind.UNITS else may_import_people(user)
