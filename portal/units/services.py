"""Writes of units and memberships."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.units.access import access_for, forget_access
from portal.units.enums import Role

GROUP_PREFIX = "role:"
"""Wagtail asks groups for page permissions; each role has one group of this name, made by a migration."""


@transaction.atomic
def apply_roles(*, user: User) -> None:
    """Make the person's groups follow the memberships in force today.

    Wagtail's page and workflow permissions hang on groups, memberships on dates. The groups named ``role:…`` are
    therefore set from the memberships when one is written, and once a day when the person comes (middleware), so that
    an appointment that begins or ends today has its effect today.
    """
    forget_access(user)
    wanted = {GROUP_PREFIX + role.value for role in access_for(user).roles}
    held = set(user.groups.filter(name__startswith=GROUP_PREFIX).values_list("name", flat=True))
    if wanted - held:
        user.groups.add(*Group.objects.filter(name__in=wanted - held))
    if held - wanted:
        user.groups.remove(*Group.objects.filter(name__in=held - wanted))
    user.groups_synced_on = timezone.localdate()
    administrator = GROUP_PREFIX + Role.ADMINISTRATOR.value in wanted
    if user.is_staff != administrator:
        user.is_staff = administrator
    user.save(update_fields=["groups_synced_on", "is_staff"])
