"""Units, memberships and people in the Wagtail admin."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.units.enums import ImportKind, Role
from portal.units.importing.people import import_people
from portal.units.importing.tables import read_cells, read_table
from portal.units.importing.units import import_units
from portal.units.models import Membership, Unit
from portal.units.services import UnitFields, create_unit
from tests.factories.units import PASSWORD, MembershipFactory, UnitFactory, UserFactory, person

pytestmark = pytest.mark.django_db
LISTS = ["units_unit_modeladmin_index", "units_membership_modeladmin_index", "units_person_modeladmin_index"]


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


@pytest.fixture
def administrator() -> Client:
    return signed_in(Role.ADMINISTRATOR)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", list(Role))
def test_administrators_coordinators_and_auditors_see_the_lists(role: Role, name: str) -> None:
    allowed = role in {Role.ADMINISTRATOR, Role.COORDINATOR, Role.AUDITOR}
    assert signed_in(role).get(reverse(name)).status_code == (200 if allowed else 302)


@pytest.mark.parametrize("role", list(Role))
def test_only_administrators_change_anything(role: Role) -> None:
    client, unit, membership = signed_in(role), UnitFactory(name="原名局"), MembershipFactory()
    data = {"name": "新名局", "short_name": "", "alias_text": "", "kind": "bureau", "parent": "", "code": ""}
    client.post(reverse("units_unit_modeladmin_create"), data)
    client.post(reverse("units_unit_modeladmin_edit", args=[unit.pk]), data | {"name": "改名局"})
    client.post(reverse("units_membership_modeladmin_delete", args=[membership.pk]))
    client.post(reverse("units_unit_modeladmin_delete", args=[unit.pk]))
    allowed = role == Role.ADMINISTRATOR
    assert Unit.objects.filter(name="新名局").exists() == allowed
    assert Unit.objects.get(pk=unit.pk).name == ("改名局" if allowed else "原名局")
    assert Membership.objects.filter(pk=membership.pk).exists() != allowed


def test_the_tree_is_shown_with_depth_and_found_by_another_name(administrator: Client) -> None:
    parent = UnitFactory(name="临江市人民政府")
    create_unit(fields=UnitFields(name="临江市卫生健康委员会"), parent=parent, aliases=["市卫健委"])
    page = administrator.get(reverse(LISTS[0])).content.decode()
    assert 'unit-depth--2">临江市卫生健康委员会' in page
    found = administrator.get(reverse(LISTS[0]), {"q": "市卫健委"}).content.decode()
    assert "临江市卫生健康委员会" in found
    assert "unit-depth--1" not in found


def test_lists_are_filtered_by_kind_role_unit_and_validity(administrator: Client) -> None:
    station = UnitFactory(name="临江市救助站", kind="institution")
    ended = MembershipFactory(unit=station, role=Role.REPORTER, valid_until="2020-01-01")
    MembershipFactory(unit=station, role=Role.UNIT_REVIEWER)

    def shown(name: str, **query: str) -> set[int]:
        return {row.pk for row in administrator.get(reverse(name), query).context["object_list"]}

    assert shown(LISTS[0], kind__exact="institution") == {station.pk}
    assert shown(LISTS[1], role__exact="reporter") == {ended.pk}
    assert shown(LISTS[1], valid="ended") == {ended.pk}
    assert ended.pk not in shown(LISTS[1], valid="today")
    assert len(shown(LISTS[1], in_unit=str(station.pk))) == 2
    assert shown(LISTS[2], role="none") == {ended.user_id}


def test_an_address_cannot_ask_for_what_no_filter_asks(administrator: Client) -> None:
    victim = UserFactory()
    for name, guess in [(LISTS[1], "user__password__startswith"), (LISTS[2], "password__startswith")]:
        MembershipFactory(user=victim)
        rows = administrator.get(reverse(name), {guess: "no-such-hash"}).context["object_list"]
        assert any(victim.pk in (row.pk, getattr(row, "user_id", None)) for row in rows)


@pytest.mark.parametrize(
    "query", [{"kind__exact": "\x00"}, {"p": "x"}, {"o": "99.x"}, {"valid": "?"}, {"in_unit": "²"}]
)
def test_a_mistyped_address_shows_the_list_and_no_error(administrator: Client, query: dict[str, str]) -> None:
    for name in LISTS[:2]:
        assert administrator.get(reverse(name), query, follow=True).status_code == 200


def test_a_unit_is_created_below_its_parent_and_moved_by_the_form(administrator: Client) -> None:
    parent = UnitFactory()
    data = {
        "name": "临江市民政局",
        "short_name": "市民政局",
        "alias_text": "民政、民政局机关",
        "kind": "bureau",
        "code": "",
    }
    administrator.post(reverse("units_unit_modeladmin_create"), data | {"parent": str(parent.pk)})
    unit = Unit.objects.get(name="临江市民政局")
    assert unit.get_parent() == parent
    edit = reverse("units_unit_modeladmin_edit", args=[unit.pk])
    assert "民政、民政局机关" in administrator.get(edit).content.decode()
    administrator.post(edit, data | {"parent": "", "alias_text": "民政"})
    unit = Unit.objects.get(pk=unit.pk)
    assert unit.is_root()
    assert [alias.name for alias in unit.aliases.all()] == ["民政"]


def test_what_the_form_refuses_is_said_beside_the_field_and_nothing_typed_is_lost(administrator: Client) -> None:
    create_unit(fields=UnitFields(name="临江市卫生健康委员会"), aliases=["市卫健委"])
    child = create_unit(fields=UnitFields(name="子局"), parent=(unit := UnitFactory(name="父局")))
    data = {"name": "改名局", "short_name": "", "alias_text": "市卫健委", "kind": "bureau", "parent": "", "code": ""}
    edit = reverse("units_unit_modeladmin_edit", args=[unit.pk])
    response = administrator.post(edit, data)
    assert set(response.context["form"].errors) == {"alias_text"}
    assert 'value="改名局"' in response.content.decode()
    response = administrator.post(edit, data | {"alias_text": "", "parent": str(child.pk)})
    assert set(response.context["form"].errors) == {"parent"}
    assert Unit.objects.get(pk=unit.pk).name == "父局"


def test_a_second_membership_of_the_same_kind_at_the_same_time_is_refused(administrator: Client) -> None:
    held = MembershipFactory(role=Role.EDITOR, valid_from="2026-01-01")
    data = {"user": held.user_id, "unit": held.unit_id, "role": "editor", "valid_from": "2026-06-01", "valid_until": ""}
    response = administrator.post(reverse("units_membership_modeladmin_create"), data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert Membership.objects.filter(user=held.user).count() == 1


def exported(client: Client, name: str, **query: str) -> list[list[str]]:
    response = client.get(reverse(name), {"export": "csv", **query})
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_exported_units_and_people_can_be_imported_again_and_change_nothing(administrator: Client) -> None:
    parent = UnitFactory(name="临江市人民政府", short_name="市政府")
    create_unit(fields=UnitFields(name="临江市民政局", code="MZ"), parent=parent, aliases=["=1+1", "民政"])
    MembershipFactory(unit=parent, role=Role.LEADER, valid_from="2026-01-01")
    for kind, name, run in [
        (ImportKind.UNITS, LISTS[0], import_units),
        (ImportKind.PEOPLE, LISTS[1], import_people),
    ]:
        for spreadsheet in ("csv", "xlsx"):
            response = administrator.get(reverse(name), {"export": spreadsheet})
            data = response.content if spreadsheet == "xlsx" else b"".join(response.streaming_content)  # type: ignore[attr-defined]
            table = read_table(kind, read_cells(data))
            result = run(rows=table.rows)
            assert (result.errors, result.created, result.changed, table.ignored_columns) == ([], 0, 0, ())


def test_an_export_runs_no_formula_follows_the_filter_and_is_in_the_log(administrator: Client) -> None:
    UnitFactory(name="=cmd|' /C calc'!A0", kind="institution")
    UnitFactory(name="普通局")
    lines = exported(administrator, LISTS[0], kind__exact="institution")
    assert [line[0] for line in lines[1:]] == ["'=cmd|' /C calc'!A0"]
    event = AuditEvent.objects.get(action=AuditAction.EXPORT)
    assert event.details["rows"] == 1
    assert event.details["filters"] == {"kind__exact": "institution"}
    assert event.user is not None


def test_coordinators_see_people_and_may_not_change_accounts() -> None:
    client, someone = signed_in(Role.COORDINATOR), UserFactory()
    page = client.get(reverse("units_person_modeladmin_inspect", args=[someone.pk]))
    assert str(someone) in page.content.decode()
    assert reverse("wagtailusers_users:edit", args=[someone.pk]) not in client.get(reverse(LISTS[2])).content.decode()
    assert client.get(reverse("wagtailusers_users:edit", args=[someone.pk])).status_code == 302


@pytest.mark.parametrize("name", LISTS)
def test_a_longer_list_costs_no_further_query(administrator: Client, name: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert administrator.get(reverse(name)).status_code == 200
        return len(queries)

    parent = UnitFactory()
    MembershipFactory(unit=parent)
    cost()
    few = cost()
    for _number in range(12):
        MembershipFactory(unit=UnitFactory(parent=parent))
    assert cost() <= few


def test_a_person_without_password_gets_one_in_the_accounts_form(administrator: Client) -> None:
    someone = UserFactory(username="xinren", name="新人")
    someone.set_unusable_password()
    someone.save()
    edit = reverse("wagtailusers_users:edit", args=[someone.pk])
    page = administrator.get(edit).content.decode()
    assert 'name="groups"' not in page
    assert 'name="is_superuser"' not in page
    data = {"username": "xinren", "name": "新人", "phone": "", "email": "", "is_active": "on", "is_superuser": "on"}
    administrator.post(edit, data | {"password1": PASSWORD, "password2": PASSWORD})
    changed = User.objects.get(pk=someone.pk)
    assert changed.check_password(PASSWORD)
    assert not changed.is_superuser
    assert AuditEvent.objects.filter(action=AuditAction.PERMISSION_CHANGE, target_type="accounts.user").exists()


def test_a_new_account_needs_a_name_and_no_surname(administrator: Client) -> None:
    add = reverse("wagtailusers_users:add")
    data = {"username": "xin", "name": "新人", "phone": "", "email": "", "password1": PASSWORD, "password2": PASSWORD}
    administrator.post(add, data)
    assert User.objects.get(username="xin").name == "新人"


def test_a_superusers_account_is_out_of_an_administrators_reach(administrator: Client) -> None:
    root = UserFactory(is_superuser=True)
    edit = reverse("wagtailusers_users:edit", args=[root.pk])
    data = {"username": root.username, "name": "x", "phone": "", "email": "", "is_active": "on"}
    administrator.post(edit, data | {"password1": "another-secret-9", "password2": "another-secret-9"})
    assert User.objects.get(pk=root.pk).check_password(PASSWORD)
