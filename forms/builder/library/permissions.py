"""Who may do what in the library."""

from typing import TYPE_CHECKING

from forms.builder.models import FormIndexPage
from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from portal.accounts.models import User


def new_forms_folder(user: "User") -> FormIndexPage | None:
    """The folder in which the person may make new forms; None where there is none."""
    for folder in FormIndexPage.objects.order_by("path"):
        if folder.permissions_for_user(user).can_add_subpage():
            return folder
    return None


def may_remove_templates(user: "User") -> bool:
    """Editors and administrators: who keeps templates looks after them."""
    return access_for(user).has(Role.EDITOR, Role.ADMINISTRATOR)
