"""Signing in: who gets in, who is shut out and for how long, and what the log tells of it."""

import datetime
import re

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts import second_factor
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from tests.factories.units import PASSWORD, person

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


def code_after_next(user: User) -> str:
    """A code of the app, after the one that confirmed it was forgotten."""
    TOTPDevice.objects.update(last_t=-1)
    return code_of(user)


def sign_in(client: Client, user: User, password: str = PASSWORD, target: str = "/account/") -> int:
    """Post the sign-in form and return the status."""
    return client.post(SIGN_IN, {"username": user.username, "password": password, "next": target}).status_code


def code_of(user: User) -> str:
    """What the person's authenticator app shows now."""
    device = TOTPDevice.objects.get(user=user)
    return f"{totp(device.bin_key, device.step, device.t0, device.digits):06d}"


def test_the_right_password_opens_the_account_page(client: Client) -> None:
    user = person(Role.REPORTER)
    assert sign_in(client, user) == 302
    page = client.get("/account/").content.decode()
    assert user.name in page
    assert AuditEvent.objects.filter(action=AuditAction.SIGN_IN, user=user).count() == 1


def test_a_wrong_password_is_told_next_to_the_form_and_the_name_stays_typed(client: Client) -> None:
    user = person(Role.REPORTER)
    response = client.post(SIGN_IN, {"username": user.username, "password": "wrong"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "用户名或密码不正确" in page
    assert f'value="{user.username}"' in page
    failed = AuditEvent.objects.get(action=AuditAction.SIGN_IN_FAILED)
    assert failed.user_name == user.username
    assert "wrong" not in str(failed.details) + failed.summary


def test_five_wrong_passwords_shut_the_account_for_a_quarter_of_an_hour(client: Client) -> None:
    user = person(Role.REPORTER)
    with time_machine.travel(datetime.datetime(2026, 11, 24, 2, 0, tzinfo=datetime.UTC), tick=False) as clock:
        for _ in range(5):
            last = sign_in(client, user, "wrong")
        assert last == 429
        assert sign_in(client, user) == 429
        assert AuditEvent.objects.filter(action=AuditAction.LOCKED_OUT, user_name=user.username).exists()
        clock.shift(datetime.timedelta(minutes=16))
        assert sign_in(client, user) == 302


def test_a_lock_out_of_one_account_leaves_others_at_the_same_address_alone(client: Client) -> None:
    attacked, colleague = person(Role.REPORTER), person(Role.REPORTER)
    for _ in range(5):
        sign_in(client, attacked, "wrong")
    assert sign_in(client, colleague) == 302


def test_guessing_over_many_names_from_one_address_is_slowed_down(client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        statuses = [
            client.post(SIGN_IN, {"username": f"nobody{n}", "password": "guess-guess"}).status_code for n in range(31)
        ]
    assert statuses[:30] == [200] * 30
    assert statuses[30] == 429


def test_the_target_after_signing_in_cannot_lead_to_another_site(client: Client) -> None:
    user = person(Role.REPORTER)
    response = client.post(SIGN_IN, {"username": user.username, "password": PASSWORD, "next": "https://evil.example/"})
    assert response.headers["Location"] == settings.LOGIN_REDIRECT_URL


def test_a_session_ends_after_the_time_of_idleness_set(client: Client) -> None:
    user = person(Role.REPORTER)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, user)
        clock.shift(datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE - 60))
        assert client.get("/account/").status_code == 200
        clock.shift(datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE + 60))
        assert client.get("/account/").status_code == 302


def test_a_person_without_access_to_the_admin_is_told_so_and_not_sent_round_in_circles(client: Client) -> None:
    client.force_login(person(Role.REPORTER))
    assert client.get("/admin/", follow=True).status_code == 403


def test_switching_the_second_factor_on_needs_a_code_and_shows_recovery_codes_once(client: Client) -> None:
    user = person(Role.REPORTER)
    client.force_login(user)
    assert "<svg" in client.get("/account/second-factor/").content.decode()
    refused = client.post("/account/second-factor/", {"code": "000000"}).content.decode()
    assert "验证码不正确或已过期" in refused
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    shown = client.post("/account/second-factor/", {"code": code_of(user)}).content.decode()
    assert len(re.findall(r"<li>[a-z2-7]{8}</li>", shown)) == second_factor.RECOVERY_CODES
    assert AuditEvent.objects.filter(action=AuditAction.SECOND_FACTOR, user=user, summary="on").exists()


@pytest.fixture
def guarded() -> tuple[User, list[str]]:
    """A person with the second factor on, and the recovery codes."""
    user = person(Role.REPORTER)
    second_factor.device_to_confirm(user=user)
    codes = second_factor.switch_on(user=user, code=code_of(user))
    assert codes
    TOTPDevice.objects.update(last_t=-1)
    return user, codes


@pytest.mark.parametrize("address", ["/account/", "/admin/", "/"])
def test_the_password_alone_leads_no_further_than_the_question_for_the_code(
    client: Client, guarded: tuple[User, list[str]], address: str
) -> None:
    sign_in(client, guarded[0])
    response = client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("accounts:second_factor"))


def test_the_code_opens_the_page_asked_for(client: Client, guarded: tuple[User, list[str]]) -> None:
    user, _ = guarded
    sign_in(client, user)
    response = client.post(reverse("accounts:second_factor"), {"code": code_of(user), "next": "/account/"})
    assert response.headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200


def test_full_width_digits_are_taken_for_digits(client: Client, guarded: tuple[User, list[str]]) -> None:
    user, _ = guarded
    sign_in(client, user)
    wide = code_of(user).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    client.post(reverse("accounts:second_factor"), {"code": wide})
    assert client.get("/account/").status_code == 200


def test_a_recovery_code_works_just_once(client: Client, guarded: tuple[User, list[str]]) -> None:
    user, codes = guarded
    for status in (200, 302):
        client.logout()
        sign_in(client, user)
        client.post(reverse("accounts:second_factor"), {"code": codes[0]})
        assert client.get("/account/").status_code == status


def test_switching_the_second_factor_off_asks_for_no_code_any_more(client: Client) -> None:
    user = person(Role.REPORTER)
    second_factor.device_to_confirm(user=user)
    second_factor.switch_on(user=user, code=code_of(user))
    client.force_login(user)
    asked = {"code": code_after_next(user)}
    client.post(reverse("accounts:second_factor"), asked)
    refused = client.post("/account/second-factor/off/", {"password": "not mine"}).content.decode()
    assert "密码不正确" in refused
    assert second_factor.is_switched_on(user)
    client.post("/account/second-factor/off/", {"password": PASSWORD})
    assert not second_factor.is_switched_on(user)
    sign_in(Client(), user)
    assert client.get("/account/").status_code == 200


def test_an_operator_helps_a_person_whose_telephone_is_lost(client: Client) -> None:
    user = person(Role.REPORTER)
    second_factor.device_to_confirm(user=user)
    second_factor.switch_on(user=user, code=code_of(user))
    call_command("switch_off_second_factor", user.username)
    assert not second_factor.is_switched_on(user)
    with pytest.raises(CommandError, match="没有这个用户名"):
        call_command("switch_off_second_factor", "nobody-here")


def test_the_interface_is_chinese_whatever_the_browser_asks_for_unless_chosen(client: Client) -> None:
    assert 'lang="zh-hans"' in client.get(SIGN_IN, headers={"accept-language": "en"}).content.decode()
    client.post("/i18n/setlang/", {"language": "en", "next": SIGN_IN})
    assert 'lang="en"' in client.get(SIGN_IN).content.decode()
