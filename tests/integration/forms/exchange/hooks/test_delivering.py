"""Web hooks, against a receiver of our own on this machine."""

import datetime
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.collection.waiving import ask_again, waive
from forms.exchange.hooks.delivering import TOO_LONG, deliver, look_after
from forms.exchange.hooks.enums import HookEvent, MessageState
from forms.exchange.hooks.models import Hook, HookMessage
from forms.exchange.hooks.services import replay, save_hook
from forms.submissions.bin.services import bin_report, restore
from forms.submissions.models import Submission
from forms.submissions.petitions.services import ask_to_reopen, decide
from forms.submissions.review.services import accept, return_report
from portal.notifications import posting
from portal.notifications.posting import require_outside
from portal.notifications.rules import PAUSES
from tests.factories.exports import FLAT, Collected, collected
from tests.factories.submissions import report_in, send
from tests.integration.notifications.test_webhook import Gateway
from tests.integration.queue import run_queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    found = Gateway()
    settings.PORTAL_HOOK_HOSTS = ["127.0.0.1"]
    thread = threading.Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join(timeout=5)


@pytest.fixture
def found() -> Collected:
    return collected(schema=FLAT)


def hooked(found: Collected, address: str, **given: Any) -> Hook:
    coordinator = found.coordinator
    fields: dict[str, Any] = {"name": "数据中台", "unit": found.requirement.owner, "events": list(HookEvent.values)}
    return save_hook(user=coordinator, hook=Hook(address=address, **(fields | given)))


def said(gateway: Gateway) -> list[dict[str, Any]]:
    return [json.loads(body) for _headers, body in gateway.received]


def test_a_receiver_hears_of_every_step_and_can_check_who_says_so(gateway: Gateway, found: Collected) -> None:
    hook = hooked(found, gateway.url)
    sides = found.reports["missing"]
    send(sides, {"summary": "甲"})
    return_report(user=sides.coordinator, submission=sides.report, version=1, reason="请补充")
    send(sides, {"summary": "乙", "secret": "138"})
    accept(user=sides.coordinator, submission=sides.report, version=2)
    run_queued()
    events = ["report.submitted", "report.returned", "report.submitted", "report.accepted"]
    assert [one["event"] for one in said(gateway)] == events
    headers, body = gateway.received[-1]
    last = json.loads(body)
    assert last["report"]["unit_id"] == sides.expected.unit_id
    assert (last["report"]["state"], last["report"]["version"]) == ("accepted", 2)
    assert last["report"]["receipt"] == sides.report.versions.get(number=2).receipt
    assert "answers" not in last
    assert headers["Idempotency-Key"] == last["id"]
    signed = hmac.new(hook.secret.encode(), f"{headers['X-Portal-Timestamp']}.".encode() + body, hashlib.sha256)
    assert headers["X-Portal-Signature"] == f"sha256={signed.hexdigest()}"


def test_answers_go_along_only_where_chosen_only_when_accepted_and_never_personal_ones(
    gateway: Gateway, found: Collected
) -> None:
    hooked(found, gateway.url, with_answers=True)
    report_in(ReportState.ACCEPTED, found.reports["missing"].expected, {"summary": "甲", "secret": "138"})
    run_queued()
    submitted, accepted = said(gateway)
    assert "answers" not in submitted
    assert accepted["answers"] == {"summary": "甲"}


def test_a_waiver_is_told_too(gateway: Gateway, found: Collected) -> None:
    hooked(found, gateway.url)
    expected, coordinator = found.reports["missing"].expected, found.coordinator
    waive(user=coordinator, expected=expected, reason="机构合并")
    ask_again(user=coordinator, expected=expected)
    run_queued()
    assert [one["event"] for one in said(gateway)] == ["report.waived", "report.asked_again"]
    assert said(gateway)[0]["report"]["id"] == expected.pk


def test_what_is_binned_counts_no_more_and_comes_back_whole(gateway: Gateway, found: Collected) -> None:
    sides = found.reports["missing"]
    report_in(ReportState.ACCEPTED, sides.expected, {"summary": "甲", "secret": "138"})
    hooked(found, gateway.url, with_answers=True)
    coordinator = found.coordinator
    binned = bin_report(user=coordinator, submission=sides.report, version=1, reason="报错单位")
    restore(user=coordinator, binned=binned)
    run_queued()
    gone, back = said(gateway)
    assert (gone["event"], back["event"]) == ("report.binned", "report.restored")
    assert (gone["report"]["state"], gone["report"]["accepted"]) == (None, False)
    assert (back["report"]["state"], back["report"]["accepted"]) == ("accepted", True)
    assert gone["report"]["receipt"] == back["report"]["receipt"] == sides.report.versions.get().receipt
    assert "answers" not in gone
    assert back["answers"] == {"summary": "甲"}


def test_a_reopened_report_is_told(gateway: Gateway, found: Collected) -> None:
    sides = found.reports["missing"]
    report_in(ReportState.ACCEPTED, sides.expected, {"summary": "甲"})
    hooked(found, gateway.url)
    asking, deciding = found.coordinator, found.coordinator
    petition = ask_to_reopen(user=asking, expected=sides.expected, reason="数字有误")
    decide(user=deciding, petition=petition, approve=True, answer="同意")
    run_queued()
    assert [one["event"] for one in said(gateway)] == ["report.reopened"]
    assert said(gateway)[0]["report"]["accepted"] is False


def test_only_those_who_asked_for_it_hear_of_it(found: Collected) -> None:
    other = collected(schema=FLAT)
    hooked(found, "http://hook.example/1", events=["report.accepted"])
    hooked(found, "http://hook.example/2", is_active=False)
    hooked(other, "http://hook.example/3")
    mine = hooked(found, "http://hook.example/4", requirement=found.requirement)
    send(found.reports["missing"], {"summary": "甲"})
    assert [message.hook for message in HookMessage.objects.all()] == [mine]


def test_what_happens_inside_a_unit_stays_there(found: Collected) -> None:
    hooked(found, "http://hook.example/")
    found.requirement.needs_sign_off = True
    found.requirement.save()
    report_in(ReportState.SIGN_OFF, found.reports["missing"].expected)
    assert not HookMessage.objects.exists()


def test_a_step_that_fails_says_nothing(found: Collected, monkeypatch: pytest.MonkeyPatch) -> None:
    hooked(found, "http://hook.example/")
    monkeypatch.setattr("forms.submissions.writing.record", lambda **given: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        send(found.reports["missing"], {"summary": "甲"})
    assert not HookMessage.objects.exists()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("status", [500, 404, 302])
def test_a_receiver_that_refuses_is_asked_again_then_given_up_and_replayed(
    gateway: Gateway, found: Collected, status: int
) -> None:
    hook = hooked(found, gateway.url)
    send(found.reports["missing"], {"summary": "甲"})
    gateway.status, now = status, timezone.now()
    run_queued()
    message = HookMessage.objects.get()
    assert (message.state, message.error) == (MessageState.QUEUED, f"OSError: HTTP {status}")
    for pause in PAUSES:
        now += pause + datetime.timedelta(minutes=1)
        deliver(message.pk, now=now)
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert look_after(now + datetime.timedelta(days=2)) == 0
    gateway.status = 200
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert replay(user=hook.created_by, hook=hook, since=tomorrow) == 0
    assert replay(user=hook.created_by, hook=hook) == 1
    run_queued()
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    numbers = {headers["Idempotency-Key"] for headers, _body in gateway.received}
    assert numbers == {str(message.pk)}


def test_what_a_dead_worker_had_begun_is_sent_again_under_the_same_number(gateway: Gateway, found: Collected) -> None:
    hooked(found, gateway.url)
    send(found.reports["missing"], {"summary": "甲"})
    message, long_ago = HookMessage.objects.get(), timezone.now() - 2 * TOO_LONG
    HookMessage.objects.update(state=MessageState.SENDING, claimed_at=long_ago, attempts=1)
    assert deliver(message.pk) is None
    look_after()
    look_after(timezone.now() + datetime.timedelta(minutes=10))
    run_queued()
    assert [one["id"] for one in said(gateway)] == [str(message.pk)]
    assert deliver(message.pk) is None


def test_a_hook_does_not_reach_the_portals_own_machine(gateway: Gateway, found: Collected, settings: Any) -> None:
    settings.PORTAL_HOOK_HOSTS = []
    hooked(found, gateway.url.replace("127.0.0.1", "localhost"))
    send(found.reports["missing"], {"summary": "甲"})
    run_queued()
    assert gateway.received == []
    assert "本机" in HookMessage.objects.get().error


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "::1", "169.254.169.254", "fe80::1%eth0", "0.0.0.0", "::ffff:127.0.0.1", "224.0.0.1"]
)
def test_addresses_of_the_machine_and_its_link_are_refused(address: str, settings: Any) -> None:
    settings.PORTAL_HOOK_HOSTS = []
    with pytest.raises(OSError, match="本机"):
        require_outside("hook.example", address)


@pytest.mark.parametrize("address", ["10.1.2.3", "192.168.1.8", "172.16.0.9", "203.0.113.7"])
def test_the_intranet_is_where_receivers_are(address: str) -> None:
    require_outside("hook.example", address)


def test_nothing_goes_through_a_proxy_or_is_followed_elsewhere() -> None:
    made: Any = posting.opener(outside=True)
    names = {type(handler).__name__ for handler in made.handlers}
    assert "HTTPHandler" not in names
    assert "HTTPSHandler" not in names
    assert "HTTPRedirectHandler" not in names
