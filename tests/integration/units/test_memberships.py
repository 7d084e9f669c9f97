"""A role begins and ends with its membership, on its day, everywhere at once."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.units.access import access_for
from portal.units.enums import Role
from portal.units.models import Membership, Unit
from portal.units.services import STORED, UnitFields, apply_roles, update_unit
from tests.factories.units import MembershipFactory, UnitFactory, UserFactory, person

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 24)
YESTERDAY, TOMORROW = DAY - datetime.timedelta(days=1), DAY + datetime.timedelta(days=1)
NOON = "2026-11-24 04:00:00+00:00"


def groups(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@time_machine.travel(NOON, tick=False)
def test_someone_appointed_until_yesterday_has_lost_it_today() -> None:
    until_yesterday = MembershipFactory(role=Role.COORDINATOR, valid_until=YESTERDAY).user
    until_today = MembershipFactory(role=Role.COORDINATOR, valid_until=DAY).user
    from_tomorrow = MembershipFactory(role=Role.COORDINATOR, valid_from=TOMORROW).user
    assert not access_for(until_yesterday).roles
    assert access_for(until_today).roles == {Role.COORDINATOR}
    assert not access_for(from_tomorrow).roles
    assert access_for(from_tomorrow, on=TOMORROW).roles == {Role.COORDINATOR}


def test_the_day_turns_at_midnight_in_beijing() -> None:
    user = MembershipFactory(role=Role.EDITOR, valid_until=DAY).user
    with time_machine.travel("2026-11-24 15:59:59+00:00", tick=False):
        assert access_for(fresh(user)).has(Role.EDITOR)
    with time_machine.travel("2026-11-24 16:00:01+00:00", tick=False):
        assert not access_for(fresh(user)).roles


def test_wagtails_permissions_end_with_the_first_request_of_the_day_after(client: Client) -> None:
    with time_machine.travel("2026-11-24 15:30:00+00:00", tick=False):
        user = MembershipFactory(role=Role.COORDINATOR, valid_until=DAY).user
        client.force_login(user)
        assert client.get(reverse("units_unit_modeladmin_index")).status_code == 200
    with time_machine.travel("2026-11-24 16:30:00+00:00", tick=False):
        assert groups(user) == {"role:coordinator"}
        assert client.get(reverse("units_unit_modeladmin_index")).status_code == 302
        assert groups(user) == set()


def test_a_membership_that_begins_today_is_there_at_the_first_request(client: Client) -> None:
    with time_machine.travel("2026-11-24 15:30:00+00:00", tick=False):
        user = MembershipFactory(role=Role.ADMINISTRATOR, valid_from=TOMORROW).user
        client.force_login(user)
        assert client.get(reverse("units_unit_modeladmin_index")).status_code == 302
    with time_machine.travel("2026-11-24 16:30:00+00:00", tick=False):
        assert client.get(reverse("units_unit_modeladmin_index")).status_code == 200


def test_the_end_of_a_unit_ends_what_people_were_in_it() -> None:
    unit = UnitFactory()
    user = person(Role.EDITOR, unit)
    fields = UnitFields(**{name: getattr(unit, name) for name in STORED})
    with time_machine.travel(NOON, tick=False):
        assert groups(user) == {"role:editor"}
        update_unit(unit=unit, fields=UnitFields(**{**fields.__dict__, "valid_until": YESTERDAY}))
        assert not access_for(fresh(user)).roles
        assert groups(user) == set()
        assert not Membership.objects.active().exists()
        update_unit(unit=unit, fields=fields)
        assert groups(user) == {"role:editor"}


def test_a_change_is_seen_by_the_request_that_makes_it() -> None:
    user = person(Role.REPORTER)
    assert not user.has_perm("units.add_unit")
    membership = MembershipFactory(user=user, role=Role.ADMINISTRATOR)
    assert access_for(user).has(Role.ADMINISTRATOR)
    assert user.has_perm("units.add_unit")
    assert user.is_staff
    membership.delete()
    assert not access_for(user).has(Role.ADMINISTRATOR)
    assert not user.has_perm("units.add_unit")


def test_a_membership_handed_to_another_person_is_taken_from_the_first() -> None:
    membership = MembershipFactory(role=Role.EDITOR)
    first, second = membership.user, UserFactory()
    membership.user = second
    membership.save()
    assert groups(first) == set()
    assert groups(second) == {"role:editor"}


def test_a_shut_account_has_no_roles_and_gets_them_back_when_it_is_opened(client: Client) -> None:
    user = person(Role.COORDINATOR)
    User.objects.filter(pk=user.pk).update(is_active=False)
    apply_roles(user=fresh(user))
    assert groups(user) == set()
    User.objects.filter(pk=user.pk).update(is_active=True)
    client.force_login(fresh(user))
    assert client.get(reverse("units_unit_modeladmin_index")).status_code == 200


def test_a_role_group_given_by_hand_does_not_last() -> None:
    user = person(Role.STAFF)
    administrators = Group.objects.get(name="role:administrator")
    user.groups.add(administrators)
    assert groups(user) == {"role:staff"}
    administrators.user_set.add(user)
    assert groups(user) == {"role:staff"}
    user.groups.clear()
    assert groups(user) == {"role:staff"}


def test_every_membership_given_changed_and_taken_is_in_the_log_with_who_did_it(client: Client) -> None:
    administrator, newcomer, unit = person(Role.ADMINISTRATOR), UserFactory(name="新来者"), UnitFactory()
    client.force_login(administrator)
    data = {"user": newcomer.pk, "unit": unit.pk, "role": "editor", "valid_from": "", "valid_until": ""}
    client.post(reverse("units_membership_modeladmin_create"), data)
    membership = Membership.objects.get(user=newcomer)
    url = reverse("units_membership_modeladmin_edit", args=[membership.pk])
    client.post(url, data | {"valid_until": "2030-12-31"})
    client.post(url, data | {"valid_until": "2030-12-31"})
    client.post(reverse("units_membership_modeladmin_delete", args=[membership.pk]))
    events = AuditEvent.objects.filter(user=administrator, target_type="units.membership").order_by("pk")
    steps = ["membership.granted", "membership.changed", "membership.withdrawn"]
    assert [event.summary for event in events] == steps
    assert {event.action for event in events} == {AuditAction.PERMISSION_CHANGE}
    assert all("新来者" in event.target_label and event.address == "127.0.0.1" for event in events)
    assert events[1].details["before"]["valid_until"] is None
    assert events[1].details["after"]["valid_until"] == "2030-12-31"


def test_memberships_deleted_many_at_once_are_in_the_log_too() -> None:
    user = person(Role.EDITOR)
    Membership.objects.filter(user=user).delete()
    assert AuditEvent.objects.filter(summary="membership.withdrawn").count() == 1
    assert groups(user) == set()


days = st.one_of(st.none(), st.dates(datetime.date(2026, 11, 20), datetime.date(2026, 11, 28)))


@given(spans=st.lists(st.tuples(st.sampled_from(list(Role)), days, days), max_size=4), day=days.filter(bool))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_access_is_exactly_the_memberships_that_cover_the_day(
    spans: list[tuple[Role, datetime.date | None, datetime.date | None]], day: datetime.date
) -> None:
    user, unit = UserFactory(), UnitFactory()
    wanted = set()
    for number, (role, first, last) in enumerate(spans):
        place = UnitFactory() if number else unit
        membership = Membership(user=user, unit=place, role=role, valid_from=first, valid_until=last)
        membership.save()
        if membership.exists_on(day):
            wanted.add((role, place.pk))
    found = access_for(fresh(user), on=day)
    assert {(role, pk) for role, pks in found.units_by_role.items() for pk in pks} == wanted
    assert Unit.objects.active(day).filter(pk=unit.pk).exists()
