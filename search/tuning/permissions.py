"""Predicates about the tuning of the search, and the same for Wagtail's views."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from wagtail.permission_policies import BasePermissionPolicy

from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def may_tune_search(user: "User | AnonymousUser") -> bool:
    """Whether the person decides what the search finds first: it concerns everybody who searches."""
    return access_for(user).has(Role.ADMINISTRATOR)


class AdministratorPolicy(BasePermissionPolicy):
    """Wagtail's views ask this: administrators may do everything, nobody else anything."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """The same for every action."""
        return may_tune_search(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """The same for every action."""
        return may_tune_search(user)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """The same for every row."""
        return may_tune_search(user)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        """The same for every row."""
        return may_tune_search(user)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        """All rows or none."""
        return self.model._default_manager.visible_to(user)

    def users_with_any_permission(self, actions: Any) -> Any:
        """Administrators are found by their memberships, which is asked person by person: nobody is listed."""
        return get_user_model().objects.none()
