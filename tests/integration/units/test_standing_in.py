"""Standing in for a colleague: the role, its end, and who is told."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.notifications.enums import Kind
from portal.notifications.models import Notification
from portal.units.access import access_for
from portal.units.enums import Role
from portal.units.models import Membership, Unit
from portal.units.standing_in.services import end_standing_in, name_stand_in
from tests.factories.units import MembershipFactory, UnitFactory, UserFactory, person

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 24)
NOON = "2026-11-24 04:00:00+00:00"


def after(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days=days)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def pair(role: Role = Role.UNIT_REVIEWER) -> tuple[Membership, User, Unit]:
    """Somebody with a role, a colleague of the same unit, the unit."""
    unit = UnitFactory()
    return MembershipFactory(role=role, unit=unit), person(Role.STAFF, unit), unit


def named(held: Membership, stand_in: User, first: int = 0, last: int = 3) -> Membership:
    return name_stand_in(memberships=[held], stand_in=stand_in, first=after(first), last=after(last), today=DAY)[0]


def browser(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    return client


@time_machine.travel(NOON, tick=False)
def test_the_role_is_held_from_the_first_day_to_the_last_and_by_both() -> None:
    held, colleague, unit = pair()
    named(held, colleague, 1, 3)
    assert [access_for(fresh(colleague), on=after(day)).has(Role.UNIT_REVIEWER) for day in range(5)] == [
        *(False, True, True, True, False)
    ]
    assert access_for(fresh(colleague), on=after(1)).standing_in == {(Role.UNIT_REVIEWER, unit.pk): held.user_id}
    assert access_for(fresh(held.user), on=after(1)).has(Role.UNIT_REVIEWER)
    assert not access_for(fresh(held.user), on=after(1)).standing_in


@time_machine.travel(NOON, tick=False)
def test_whoever_holds_the_role_anyway_does_not_stand_in() -> None:
    held, colleague, unit = pair()
    named(held, colleague)
    MembershipFactory(user=colleague, unit=unit, role=Role.UNIT_REVIEWER, valid_from=after(0))
    assert not access_for(fresh(colleague)).standing_in


@time_machine.travel(NOON, tick=False)
def test_wagtails_groups_follow_the_one_who_is_absent() -> None:
    held, colleague, _unit = pair(Role.COORDINATOR)
    named(held, colleague)
    assert fresh(colleague).groups.filter(name="role:coordinator").exists()
    held.valid_until = after(-1)
    held.save()
    assert not access_for(fresh(colleague)).has(Role.COORDINATOR)
    assert not fresh(colleague).groups.filter(name="role:coordinator").exists()


@time_machine.travel(NOON, tick=False)
def test_an_account_that_is_shut_takes_its_stand_in_along() -> None:
    held, colleague, _unit = pair()
    named(held, colleague)
    held.user.is_active = False
    held.user.save()
    assert not access_for(fresh(colleague)).has(Role.UNIT_REVIEWER)


@time_machine.travel(NOON, tick=False)
def test_the_stand_in_is_told_and_the_log_says_for_whom() -> None:
    held, colleague, _unit = pair()
    made = named(held, colleague)
    told = Notification.objects.get(recipient=colleague)
    assert told.kind == Kind.STANDING_IN
    assert str(held.user) in told.title
    logged = AuditEvent.objects.filter(action=AuditAction.PERMISSION_CHANGE, target_id=str(made.pk)).latest("pk")
    assert logged.details["after"]["stands_in_for_id"] == held.pk


@pytest.mark.parametrize(
    ("first", "last", "field"), [(-1, 2, "first"), (3, 2, "last"), (0, 93, "last"), (0, 40, "last")]
)
@time_machine.travel(NOON, tick=False)
def test_days_that_cannot_be_are_refused_beside_their_field(first: int, last: int, field: str) -> None:
    unit = UnitFactory()
    held = MembershipFactory(role=Role.REPORTER, unit=unit, valid_until=after(30))
    colleague = person(Role.STAFF, unit)
    with pytest.raises(ValidationError) as refused:
        named(held, colleague, first, last)
    assert set(refused.value.message_dict) == {field}
    assert not Membership.objects.filter(stands_in_for=held).exists()


@time_machine.travel(NOON, tick=False)
def test_a_stranger_and_one_who_has_the_role_are_refused() -> None:
    held, colleague, unit = pair()
    stranger = person(Role.STAFF, UnitFactory())
    MembershipFactory(user=colleague, unit=unit, role=Role.UNIT_REVIEWER)
    for nobody in (stranger, colleague, held.user):
        with pytest.raises(ValidationError) as refused:
            named(held, nobody)
        assert set(refused.value.message_dict) == {"stand_in"}


@time_machine.travel(NOON, tick=False)
def test_a_role_held_for_another_is_not_passed_on(client: Client) -> None:
    held, colleague, unit = pair()
    named(held, colleague)
    third = person(Role.STAFF, unit)
    page = browser(colleague).post(
        reverse("units:absence"),
        {"roles": [Membership.objects.get(stands_in_for=held).pk], "stand_in": third.pk, "first": DAY, "last": DAY},
    )
    assert page.status_code == 422
    assert not Membership.objects.filter(user=third, role=Role.UNIT_REVIEWER).exists()


@time_machine.travel(NOON, tick=False)
def test_ending_counts_at_once_and_what_has_not_begun_is_taken_back() -> None:
    held, colleague, _unit = pair()
    running = named(held, colleague, 0, 2)
    end_standing_in(membership=running, today=after(1))
    assert Membership.objects.get(pk=running.pk).valid_until == DAY
    later = named(held, colleague, 5, 6)
    end_standing_in(membership=later, today=after(1))
    assert not Membership.objects.filter(pk=later.pk).exists()


def test_from_the_page_by_clicking() -> None:
    held, colleague, _unit = pair()
    today = timezone.localdate()
    window, address = browser(held.user), reverse("units:absence")
    assert str(colleague) in window.get(address).text
    wrong = window.post(address, {"roles": [held.pk], "stand_in": "", "first": today, "last": ""})
    assert wrong.status_code == 422
    assert "请选择一位同事" in wrong.text
    sent = window.post(address, {"roles": [held.pk], "stand_in": colleague.pk, "first": today, "last": today})
    assert sent.status_code == 302
    assert str(colleague) in window.get(address).text
    made = Membership.objects.get(stands_in_for=held)
    assert str(held.user) in browser(colleague).get(address).text
    assert browser(UserFactory()).post(reverse("units:end_absence", args=[made.pk])).status_code == 404
    assert browser(colleague).post(reverse("units:end_absence", args=[made.pk])).status_code == 302
    assert not Membership.objects.active().filter(stands_in_for=held).exists()


def test_who_is_alone_in_the_unit_is_told_what_to_do() -> None:
    alone = MembershipFactory(role=Role.REPORTER).user
    assert "联系门户管理员" in browser(alone).get(reverse("units:absence")).text
