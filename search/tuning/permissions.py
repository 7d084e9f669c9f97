"""Who tunes the search: asked by our views, and by Wagtail's."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.permission_policies import BasePermissionPolicy

from portal.accounts.models import User
from portal.units.access import access_for
from portal.units.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def may_tune_search(user: "User | AnonymousUser") -> bool:
    """Whether the person decides what the search finds first: it concerns everybody who searches."""
    return access_for(user).has(Role.ADMINISTRATOR)


def administrator(request: HttpRequest) -> User:
    """Who asks; PermissionDenied for anybody who does not tune the search."""
    user = request.user
    if not isinstance(user, User) or not may_tune_search(user):
        raise PermissionDenied
    return user


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
