"""Ways around the sign-in page, and what it gives away."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django.fixtures import Settings

from portal.accounts import second_factor
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from tests.factories.units import PASSWORD, UserFactory, person
from tests.integration.trust.browsers import browser

pytestmark = pytest.mark.django_db

SIGN_IN = "/sign-in/"
EVERY_SIGN_IN = (SIGN_IN, "/admin/login/", "/_util/login/")


def guarded() -> User:
    """A person with the second factor on."""
    user = person(Role.ADMINISTRATOR)
    device = second_factor.device_to_confirm(user=user)
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    return user


@pytest.mark.parametrize("address", EVERY_SIGN_IN)
def test_no_sign_in_page_of_a_library_leads_past_the_second_factor(client: Client, address: str) -> None:
    client.post(address, {"username": guarded().username, "password": PASSWORD})
    for inside in ("/account/", "/admin/", "/reports/", "/account/second-factor/", "/account/second-factor/off/"):
        response = client.get(inside)
        assert response.status_code == 302
        assert "/sign-in/" in response.headers["Location"]


def test_signing_in_by_any_code_of_any_library_asks_for_the_second_factor(client: Client) -> None:
    client.force_login(guarded())
    assert client.get("/account/").headers["Location"].startswith(reverse("accounts:second_factor"))


def test_a_half_signed_in_person_cannot_switch_the_second_factor_off(client: Client) -> None:
    user = guarded()
    client.force_login(user)
    client.post("/account/second-factor/off/")
    assert second_factor.is_switched_on(user)


def test_wrong_codes_are_in_the_log(client: Client) -> None:
    user = guarded()
    client.force_login(user)
    client.post(reverse("accounts:second_factor"), {"code": "000000"})
    event = AuditEvent.objects.get(action=AuditAction.SIGN_IN_FAILED)
    assert (event.user, event.summary) == (user, "second_factor")
    assert "000000" not in str(event.details)


def test_a_changed_password_is_in_the_log_and_its_words_are_not(client: Client) -> None:
    user = person(Role.REPORTER)
    client.force_login(user)
    new = {"old_password": PASSWORD, "new_password1": "quite-another-7", "new_password2": "quite-another-7"}
    assert client.post("/account/password/", new).status_code == 302
    event = AuditEvent.objects.get(action=AuditAction.CHANGE, summary="password")
    assert event.user == user
    assert "quite-another" not in str(AuditEvent.objects.values_list("details", "summary", "target_label"))


def test_an_unknown_name_a_wrong_password_and_a_shut_account_are_answered_alike() -> None:
    UserFactory(username="known")
    UserFactory(username="shut", is_active=False)
    answers = set()
    for name in ("unknown", "known", "shut"):
        response = Client().post(SIGN_IN, {"username": name, "password": "wrong-password"})
        body = re.sub(r'(csrfmiddlewaretoken"? value=|X-CSRFToken": )"\w+"', "", response.content.decode())
        answers.add((response.status_code, body.replace(name, "…")))
    assert len(answers) == 1


def test_a_session_made_before_signing_in_is_not_the_one_after(client: Client) -> None:
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before = session.session_key or ""
    client.post(SIGN_IN, {"username": person(Role.REPORTER).username, "password": PASSWORD})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie.value != before
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_address_leads_on_to_another_site(client: Client, target: str) -> None:
    user = person(Role.REPORTER)
    sent = [
        client.post("/i18n/setlang/", {"language": "en", "next": target}),
        client.post(SIGN_IN, {"username": user.username, "password": PASSWORD, "next": target}),
        client.get(reverse("accounts:second_factor"), {"next": target}),
        client.post("/sign-out/", {"next": target}),
    ]
    assert not any("evil" in answer.headers["Location"] or "alert" in answer.headers["Location"] for answer in sent)


def attempt(client: Client, name: str, address: str) -> int:
    """One wrong password from an address behind the proxy."""
    data = {"username": name, "password": "wrong-password"}
    return client.post(SIGN_IN, data, headers={"x-forwarded-for": f"6.6.6.6, {address}"}).status_code


def test_behind_a_proxy_a_stranger_shuts_nobody_out_and_the_log_knows_the_stranger(settings: Settings) -> None:
    settings.PORTAL_PROXIES = 1
    user = person(Role.REPORTER)
    stranger = Client()
    assert [attempt(stranger, user.username, "10.0.0.66") for _ in range(6)][-1] == 429
    data = {"username": user.username, "password": PASSWORD}
    assert Client().post(SIGN_IN, data, headers={"x-forwarded-for": "10.0.0.7"}).status_code == 302
    assert AuditEvent.objects.filter(action=AuditAction.LOCKED_OUT).latest("at").address == "10.0.0.66"
    assert AuditEvent.objects.get(action=AuditAction.SIGN_IN).address == "10.0.0.7"


def test_without_a_proxy_nobody_can_choose_an_address_and_guess_on(settings: Settings) -> None:
    settings.PORTAL_PROXIES = 0
    user = person(Role.REPORTER)
    assert [attempt(Client(), user.username, f"10.0.0.{n}") for n in range(6)][-1] == 429


def test_an_error_of_the_server_tells_nothing_of_its_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr("forms.submissions.views.work.todo_list", broken)
    response = browser(person(Role.REPORTER)).get("/reports/")
    assert response.status_code == 500
    assert "secret of the inside" not in response.content.decode()
    assert "Traceback" not in response.content.decode()
