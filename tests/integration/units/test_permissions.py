"""What the roles' groups may do in the Wagtail admin."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from portal.units.enums import ADMIN_INTERFACE, Role
from portal.units.services import ensure_role_permissions
from tests.factories.units import person

pytestmark = pytest.mark.django_db
CHANGES = [
    "units.add_unit",
    "units.change_unit",
    "units.add_membership",
    "units.change_membership",
    "accounts.change_user",
]
VIEWS = ["units.view_unit", "units.view_membership", "accounts.view_user"]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_is_its_to_do(role: Role) -> None:
    user = person(role)
    assert user.has_perm("wagtailadmin.access_admin") == (role in ADMIN_INTERFACE)
    assert user.has_perms(VIEWS) == (role in {Role.ADMINISTRATOR, Role.COORDINATOR, Role.AUDITOR})
    assert any(user.has_perm(name) for name in CHANGES) == (role == Role.ADMINISTRATOR)
    assert user.has_perms(CHANGES) == (role == Role.ADMINISTRATOR)
    assert user.has_perm("audit.view_auditevent") == (role in {Role.ADMINISTRATOR, Role.AUDITOR})


@pytest.mark.parametrize(
    "name", ["units.delete_unit", "accounts.delete_user", "audit.change_auditevent", "audit.delete_auditevent"]
)
def test_nobody_deletes_units_accounts_or_log(name: str) -> None:
    assert not any(person(role).has_perm(name) for role in Role)


def test_permissions_are_restored_by_a_migration_and_a_second_run_changes_nothing() -> None:
    group = Group.objects.get(name="role:administrator")
    wanted = set(group.permissions.values_list("codename", flat=True))
    group.permissions.clear()
    call_command("migrate", "units", verbosity=0)
    assert wanted >= set(group.permissions.values_list("codename", flat=True)) >= {"change_unit", "access_admin"}
    ensure_role_permissions()
    assert set(group.permissions.values_list("codename", flat=True)) <= wanted


def test_permissions_that_other_rooms_gave_stay() -> None:
    group = Group.objects.get(name="role:editor")
    other = Permission.objects.get(codename="add_collection")
    group.permissions.add(other)
    ensure_role_permissions()
    assert other in group.permissions.all()
