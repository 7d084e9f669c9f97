"""The pages on which web hooks are set up and looked after."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forms.exchange.hooks.enums import HookEvent, MessageState
from forms.exchange.hooks.models import Hook, HookMessage
from forms.exchange.hooks.services import save_hook
from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from tests.factories.exports import FLAT, Collected, collected
from tests.factories.submissions import send
from tests.factories.units import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Collected:
    return collected(schema=FLAT)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def given(found: Collected, **changed: Any) -> dict[str, Any]:
    whole = {
        "name": "数据中台",
        "unit": found.requirement.owner_id,
        "address": "https://hook.example/portal",
        "events": ["report.accepted"],
        "is_active": "on",
    }
    return whole | changed


def made(found: Collected) -> Hook:
    hook = Hook(name="数据中台", unit=found.requirement.owner, address="http://hook.example/", events=HookEvent.values)
    return save_hook(user=found.coordinator, hook=hook)


def test_the_secret_is_shown_once_and_is_nowhere_stored(found: Collected) -> None:
    client = browser(found.coordinator)
    answer = client.post(reverse("hooks:new"), given(found))
    hook = Hook.objects.get()
    assert hook.secret in answer.content.decode()
    page = client.get(reverse("hooks:detail", args=[hook.pk])).content.decode()
    assert hook.secret not in page
    assert hook.secret not in str(vars(hook))
    old = hook.secret
    renewed = client.post(reverse("hooks:secret", args=[hook.pk])).context["secret"]
    assert renewed == Hook.objects.get().secret != old
    told = list(AuditEvent.objects.filter(summary__startswith="hook.").values_list("summary", flat=True))
    assert sorted(told) == ["hook.created", "hook.secret_renewed"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("address", "ftp://hook.example/"),
        ("address", "javascript:alert(1)"),
        ("address", ""),
        ("events", []),
        ("events", ["report.drafted"]),
        ("unit", "0"),
        ("name", ""),
    ],
)
def test_what_makes_no_hook_is_refused_beside_its_field(found: Collected, field: str, wrong: object) -> None:
    answer = browser(found.coordinator).post(reverse("hooks:new"), given(found, **{field: wrong}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Hook.objects.exists()


def test_nobody_listens_to_what_another_unit_collects(found: Collected) -> None:
    other = collected(schema=FLAT)
    client = browser(other.coordinator)
    assert "unit" in client.post(reverse("hooks:new"), given(found)).context["form"].errors
    answer = client.post(reverse("hooks:new"), given(other, requirement=found.requirement.pk))
    assert "requirement" in answer.context["form"].errors
    hook = made(found)
    for name in ("detail", "edit"):
        assert client.get(reverse(f"hooks:{name}", args=[hook.pk])).status_code == 404
    for name in ("secret", "replay", "delete"):
        assert client.post(reverse(f"hooks:{name}", args=[hook.pk])).status_code == 404
    assert hook.name not in client.get(reverse("hooks:list")).content.decode()


@pytest.mark.parametrize("role", [Role.REPORTER, Role.STAFF, Role.LEADER, Role.AUDITOR, Role.EDITOR, Role.SUPERVISOR])
def test_only_coordinators_and_administrators_look_after_hooks(role: Role) -> None:
    assert browser(person(role)).get(reverse("hooks:list")).status_code == 403


def test_a_failed_message_is_found_and_sent_once_more(found: Collected) -> None:
    hook, user = made(found), found.coordinator
    send(found.reports["missing"], {"summary": "甲"})
    HookMessage.objects.update(state=MessageState.FAILED, error="OSError: HTTP 500")
    client = browser(person(Role.ADMINISTRATOR))
    assert "1 条失败" in client.get(reverse("hooks:list")).content.decode()
    page = browser(user).get(reverse("hooks:detail", args=[hook.pk]), {"state": "failed"}).content.decode()
    assert "HTTP 500" in page
    address, message = reverse("hooks:replay", args=[hook.pk]), HookMessage.objects.get()
    answer = browser(user).post(address, {"message": str(message.pk)}, follow=True)
    assert "再次发送" in answer.content.decode()
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 0)
    assert browser(user).post(address, {"message": "x"}).status_code == 302
    assert browser(user).post(address, {"since": "昨天"}).status_code == 302


def test_a_hook_is_changed_switched_off_and_deleted(found: Collected) -> None:
    hook, client = made(found), browser(found.coordinator)
    changed = given(found, name="新名称")
    del changed["is_active"]
    client.post(reverse("hooks:edit", args=[hook.pk]), changed)
    hook.refresh_from_db()
    assert (hook.name, hook.is_active, hook.events) == ("新名称", False, ["report.accepted"])
    client.post(reverse("hooks:delete", args=[hook.pk]))
    assert not Hook.objects.exists()
