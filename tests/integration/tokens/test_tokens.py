"""Tokens: shown once, kept as a hash, taken back, seen by administrators."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.notifications.models import Notification
from portal.tokens.enums import Scope
from portal.tokens.models import ApiToken
from portal.tokens.services import create_token, note_use, revoke, token_of
from portal.units.enums import Role
from tests.factories.units import person

pytestmark = pytest.mark.django_db
GIVEN = {"name": "数据仓库", "scopes": ["reports"], "days": "30"}


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_token_is_shown_once_and_only_its_hash_is_kept() -> None:
    client = browser(person(Role.COORDINATOR))
    answer = client.post(reverse("tokens:list"), GIVEN)
    secret = answer.context["secret"]
    assert secret in answer.content.decode()
    assert secret not in client.get(reverse("tokens:list")).content.decode()
    token = ApiToken.objects.get()
    assert secret not in str(vars(token))
    assert token_of(secret) == token
    event = AuditEvent.objects.get(summary="token.created")
    assert secret not in f"{event.details}{event.target_label}"


@pytest.mark.parametrize("wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["all"]}, {"days": "0"}, {"days": "9999"}])
def test_what_makes_no_token_is_refused_beside_its_field(wrong: dict[str, object]) -> None:
    answer = browser(person(Role.COORDINATOR)).post(reverse("tokens:list"), GIVEN | wrong)
    assert answer.status_code == 422
    assert next(iter(wrong)) in answer.context["form"].errors
    assert not ApiToken.objects.exists()


def test_a_token_ends_when_it_expires_is_taken_back_or_its_owner_is_shut_out() -> None:
    user, now = person(Role.STAFF), timezone.now()
    token, secret = create_token(user=user, name="甲", scopes=[Scope.REPORTS], days=1)
    assert token_of(secret, now=now + datetime.timedelta(hours=23))
    assert token_of(secret, now=now + datetime.timedelta(hours=25)) is None
    revoke(user=user, token=token)
    assert token_of(secret) is None
    _token, other = create_token(user=user, name="乙", scopes=[Scope.REPORTS], days=1)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert token_of(other) is None


@pytest.mark.parametrize("secret", ["", "ap_", "ap_" + "x" * 500, "x", "ap_\x00"])
def test_what_is_no_token_opens_nothing(secret: str) -> None:
    assert token_of(secret) is None


def test_only_the_owner_and_administrators_take_a_token_back() -> None:
    user, stranger, administrator = person(Role.STAFF), person(Role.COORDINATOR), person(Role.ADMINISTRATOR)
    token, secret = create_token(user=user, name="甲", scopes=[Scope.REPORTS], days=1)
    assert browser(stranger).post(reverse("tokens:revoke", args=[token.pk])).status_code == 404
    assert token_of(secret)
    assert list(ApiToken.objects.visible_to(stranger)) == []
    assert list(ApiToken.objects.visible_to(administrator)) == [token]
    browser(administrator).post(reverse("tokens:revoke", args=[token.pk]))
    assert token_of(secret) is None
    assert "甲" not in browser(administrator).get(reverse("tokens:list")).content.decode()


def test_an_administrator_finds_a_persons_token_and_takes_it_back_and_the_person_is_told() -> None:
    user, administrator = person(Role.STAFF), person(Role.ADMINISTRATOR)
    token, secret = create_token(user=user, name="数据仓库", scopes=[Scope.REPORTS], days=1)
    client, address = browser(administrator), reverse("tokens:revoke", args=[token.pk])
    listed = client.get("/admin/tokens/").content.decode()
    assert address in listed
    assert "读取报送" in listed
    asked = client.get(address).content.decode()
    assert user.username in asked
    assert token_of(secret)
    done = client.post(address)
    assert done["Location"] == "/admin/tokens/"
    assert token_of(secret) is None
    event = AuditEvent.objects.get(summary="token.revoked")
    assert (event.user, event.details["owner"]) == (administrator, user.username)
    assert "数据仓库" in Notification.objects.visible_to(user).get().title
    assert address not in client.get("/admin/tokens/").content.decode()
    client.post(address)
    assert AuditEvent.objects.filter(summary="token.revoked").count() == 1


def test_whoever_takes_back_their_own_is_told_nothing() -> None:
    user = person(Role.STAFF)
    token, _secret = create_token(user=user, name="甲", scopes=[Scope.REPORTS], days=1)
    assert browser(user).post(reverse("tokens:revoke", args=[token.pk]))["Location"] == reverse("tokens:list")
    assert not Notification.objects.exists()


def test_shutting_an_account_ends_its_tokens_for_good() -> None:
    user, administrator = person(Role.STAFF), person(Role.ADMINISTRATOR)
    _token, secret = create_token(user=user, name="甲", scopes=[Scope.REPORTS], days=1)
    form = {"username": user.username, "name": user.name, "phone": "", "email": ""}
    client, address = browser(administrator), reverse("wagtailusers_users:edit", args=[user.pk])
    client.post(address, form)
    user.refresh_from_db()
    assert not user.is_active
    assert token_of(secret) is None
    client.post(address, form | {"is_active": "on"})
    user.refresh_from_db()
    assert user.is_active
    assert token_of(secret) is None
    assert AuditEvent.objects.get(summary="token.revoked").details["because"] == "account_shut"


def test_use_is_noted_once_a_minute_and_recorded_once_an_hour() -> None:
    token, _secret = create_token(user=person(Role.STAFF), name="甲", scopes=[Scope.REPORTS], days=1)
    now = timezone.now()
    for minutes in (0, 0.5, 2, 30, 61, 62):
        token.refresh_from_db()
        note_use(token=token, scope=Scope.REPORTS, path="/api/v1/submissions", now=_later(now, minutes))
    token.refresh_from_db()
    assert token.last_used_at == _later(now, 62)
    assert AuditEvent.objects.filter(summary="token.used").count() == 2


def _later(now: datetime.datetime, minutes: float) -> datetime.datetime:
    return now + datetime.timedelta(minutes=minutes)
