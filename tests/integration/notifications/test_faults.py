"""What goes wrong on the way out: nothing is lost, and no e-mail is sent twice.

A worker that is killed is played by an exception that nobody catches (`Killed`), raised between two steps.
"""

import datetime
from collections.abc import Callable
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from portal.notifications import delivering, services
from portal.notifications.delivering import TOO_LONG, deliver, queue_again, settle_abandoned
from portal.notifications.enums import ChannelName, DeliveryState
from portal.notifications.models import Delivery, Notification
from portal.notifications.rules import PAUSES
from portal.units.enums import Role
from tests.factories.notifications import told
from tests.factories.units import UserFactory, person
from tests.integration.queue import run_queued

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """SIGKILL, as far as a test can have one."""


def killed(*args: Any, **kwargs: Any) -> None:
    raise Killed


def failing(error: Exception) -> Callable[..., int]:
    def send(self: EmailBackend, messages: list[Any]) -> int:
        raise error

    return send


def waiting_mail() -> Delivery:
    told(UserFactory.create(email="li@example.gov.cn"))
    return Delivery.objects.get(channel=ChannelName.EMAIL)


def state_of(delivery: Delivery) -> DeliveryState:
    delivery.refresh_from_db()
    return DeliveryState(delivery.state)


def test_killed_while_telling_leaves_nothing_and_the_next_run_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    user = UserFactory.create(email="li@example.gov.cn")
    with monkeypatch.context() as patch:
        patch.setattr(services, "_queue", killed)
        with pytest.raises(Killed):
            told(user, key="reminder:1:due")
    assert not Notification.objects.exists()
    run_queued()
    assert not mail.outbox
    told(user, key="reminder:1:due")
    run_queued()
    assert len(mail.outbox) == 1


def test_killed_before_claiming_the_mail_is_queued_again(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = waiting_mail()
    with monkeypatch.context() as patch:
        patch.setattr(delivering, "_claim", killed)
        with pytest.raises(Killed):
            deliver(pk=delivery.pk)
    later = timezone.now() + datetime.timedelta(minutes=6)
    assert queue_again(later) == 1
    assert queue_again(later) == 0  # its task waits already
    run_queued()
    assert state_of(delivery) == DeliveryState.SENT
    assert len(mail.outbox) == 1


def test_killed_after_sending_the_mail_is_not_sent_twice_and_nobody_claims_to_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    delivery = waiting_mail()
    with monkeypatch.context() as patch:
        patch.setattr(delivering, "_close", killed)
        with pytest.raises(Killed):
            deliver(pk=delivery.pk)
    assert settle_abandoned() == 0  # it may still be at work
    later = timezone.now() + TOO_LONG + datetime.timedelta(minutes=1)
    assert settle_abandoned(later) == 1
    assert state_of(delivery) == DeliveryState.UNKNOWN
    assert queue_again(later + datetime.timedelta(days=1)) == 0
    run_queued()
    assert len(mail.outbox) == 1


def test_a_slow_worker_that_was_given_up_may_still_say_that_it_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = waiting_mail()
    send = EmailBackend.send_messages

    def slow(self: EmailBackend, messages: list[Any]) -> int:
        settle_abandoned(timezone.now() + TOO_LONG + datetime.timedelta(minutes=1))
        return int(send(self, messages) or 0)

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    deliver(pk=delivery.pk)
    assert state_of(delivery) == DeliveryState.SENT


def test_a_mail_server_that_is_down_is_tried_again_until_it_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery, now = waiting_mail(), timezone.now()
    monkeypatch.setattr(EmailBackend, "open", lambda self: (_ for _ in ()).throw(ConnectionRefusedError("refused")))
    for pause in PAUSES:
        assert deliver(pk=delivery.pk, now=now) == DeliveryState.QUEUED
        assert queue_again(now + pause - datetime.timedelta(seconds=1)) == 0
        now += pause
    assert deliver(pk=delivery.pk, now=now) == DeliveryState.FAILED
    delivery.refresh_from_db()
    assert "refused" in delivery.error
    assert delivery.attempts == len(PAUSES) + 1


def test_a_mail_server_that_comes_back_gets_the_mail_once(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery, now = waiting_mail(), timezone.now()
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", lambda self: (_ for _ in ()).throw(ConnectionRefusedError("refused")))
        run_queued()
    assert state_of(delivery) == DeliveryState.QUEUED
    queue_again(now + PAUSES[0] + datetime.timedelta(seconds=5))
    run_queued()
    assert state_of(delivery) == DeliveryState.SENT
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("error", [SMTPServerDisconnected("gone"), TimeoutError("slow"), ConnectionResetError("reset")])
def test_a_connection_lost_in_the_middle_is_not_known(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    delivery = waiting_mail()
    monkeypatch.setattr(EmailBackend, "send_messages", failing(error))
    assert deliver(pk=delivery.pk) == DeliveryState.UNKNOWN
    assert queue_again(timezone.now() + datetime.timedelta(days=1)) == 0


def test_an_administrator_reads_why_a_delivery_failed(monkeypatch: pytest.MonkeyPatch, client: Any) -> None:
    monkeypatch.setattr(EmailBackend, "send_messages", failing(OSError("550 no such mailbox")))
    delivery = waiting_mail()
    run_queued()
    client.force_login(person(Role.ADMINISTRATOR))
    page = client.get(f"/admin/notifications/deliveries/inspect/{delivery.pk}/").content.decode()
    assert "550 no such mailbox" in page
    client.force_login(person(Role.COORDINATOR))
    assert client.get("/admin/notifications/deliveries/").status_code == 302
