"""From roles to Django's groups and permissions, which the Wagtail admin asks."""

from contextvars import ContextVar

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.units.access import access_for, forget_access
from portal.units.enums import ADMIN_INTERFACE, Role

GROUP_PREFIX = "role:"
"""Wagtail asks groups for page permissions; each role has one group of this name, made by a migration."""

applying: ContextVar[bool] = ContextVar("applying", default=False)
"""Whether groups are being set from memberships just now."""

ENTER = "wagtailadmin.access_admin"
SEE_PEOPLE = ("units.view_unit", "units.view_membership", "accounts.view_user")
SEE_LOG = ("audit.view_auditevent",)
SEE_TOKENS = ("tokens.view_apitoken",)
SEE_DELIVERIES = ("notifications.view_delivery",)
ROLE_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.ADMINISTRATOR: (
        *SEE_PEOPLE,
        *SEE_LOG,
        *SEE_DELIVERIES,
        *SEE_TOKENS,
        *("units.add_unit", "units.change_unit"),
        *("units.add_membership", "units.change_membership", "units.delete_membership"),
        *("accounts.add_user", "accounts.change_user"),
    ),
    Role.COORDINATOR: SEE_PEOPLE,
    Role.AUDITOR: (*SEE_PEOPLE, *SEE_LOG),
}
"""What a role may do with units, people and the log. Units and accounts are ended and shut, never deleted: reports and
the log point to them. A membership given by mistake may be deleted; the log keeps it."""


@transaction.atomic
def apply_roles(*, user: User) -> None:
    """Make the person's groups follow the memberships in force today.

    Wagtail's page and workflow permissions hang on groups, memberships on dates. The groups named ``role:…`` are
    therefore set from the memberships when one is written, and once a day when the person comes (middleware), so that
    an appointment that begins or ends today has its effect today.
    """
    forget_access(user)
    wanted = {GROUP_PREFIX + role.value for role in access_for(user).roles}
    token = applying.set(True)
    try:
        _set_groups(user, wanted)
    finally:
        applying.reset(token)
    # A shut account has no roles; opened again, it must get them at the next request and not tomorrow.
    user.groups_synced_on = timezone.localdate() if user.is_active else None
    user.is_staff = GROUP_PREFIX + Role.ADMINISTRATOR.value in wanted
    user.save(update_fields=["groups_synced_on", "is_staff"])
    _forget_permissions(user)


def _set_groups(user: User, wanted: set[str]) -> None:
    held = set(user.groups.filter(name__startswith=GROUP_PREFIX).values_list("name", flat=True))
    if wanted - held:
        user.groups.add(*Group.objects.filter(name__in=wanted - held))
    if held - wanted:
        user.groups.remove(*Group.objects.filter(name__in=held - wanted))


def _forget_permissions(user: User) -> None:
    """Drop what Django remembers on the instance, so that the request going on sees the change as well."""
    for name in ("_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        user.__dict__.pop(name, None)


@transaction.atomic
def ensure_role_permissions() -> None:
    """Make the roles' groups and give them the permissions of `ROLE_PERMISSIONS`; running it twice changes nothing.

    Only adds: the rooms of pages and forms give the same groups permissions of their own.
    """
    wanted = {role: set(ROLE_PERMISSIONS.get(role, ())) for role in Role}
    for role in ADMIN_INTERFACE:
        wanted[role].add(ENTER)
    labels = {name.split(".")[0] for names in wanted.values() for name in names}
    for label in sorted(labels):
        # Django makes an app's permissions after the app's own migration; some of these apps come later than this one.
        create_permissions(apps.get_app_config(label), verbosity=0)
    permissions = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.filter(content_type__app_label__in=labels).select_related("content_type")
    }
    for role, names in wanted.items():
        group, _ = Group.objects.get_or_create(name=GROUP_PREFIX + role.value)
        group.permissions.add(*(permissions[name] for name in sorted(names)))
