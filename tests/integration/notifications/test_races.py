"""Many workers on the same notification, delivery or report at the same moment (`at_once` says how)."""

import pytest
from django.core import mail

from forms.collection.reminders.models import Reminder
from forms.collection.reminders.services import remind_all
from portal.notifications.delivering import deliver, queue_again
from portal.notifications.enums import ChannelName, DeliveryState, EmailChoice, Kind
from portal.notifications.models import Delivery, Notification
from portal.notifications.services import Words, choose_email, notify
from tests.factories.notifications import told
from tests.factories.reminders import OPENS, owing
from tests.factories.units import UserFactory
from tests.integration.forms.submissions.test_races import at_once
from tests.integration.queue import run_queued

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 8


def test_of_many_who_tell_the_same_one_does() -> None:
    user = UserFactory.create(email="li@example.gov.cn")

    def tell() -> object:
        return notify(recipient=user, kind=Kind.REPORT_DUE, key="reminder:1:due", words=lambda: Words("请报送"))

    results = at_once(*[tell] * WORKERS)
    assert sum(isinstance(result, Notification) for result in results) == 1
    assert Delivery.objects.filter(channel=ChannelName.EMAIL).count() == 1


def test_of_many_workers_with_the_same_delivery_one_sends_it() -> None:
    told(UserFactory.create(email="li@example.gov.cn"))
    number = Delivery.objects.get(channel=ChannelName.EMAIL).pk
    results = at_once(*[lambda: deliver(pk=number)] * WORKERS)
    assert results.count(DeliveryState.SENT) == 1
    assert results.count(None) == WORKERS - 1
    assert len(mail.outbox) == 1


def test_of_many_workers_with_parts_of_one_digest_nobody_sends_a_part_twice() -> None:
    user = UserFactory.create(email="li@example.gov.cn")
    choose_email(user=user, choice=EmailChoice.DIGEST)
    titles = [f"第{number}件" for number in range(WORKERS)]
    for title in titles:
        told(user, title)
    numbers = Delivery.objects.filter(channel=ChannelName.EMAIL).values_list("pk", flat=True)
    at_once(*[lambda pk=pk: deliver(pk=pk) for pk in numbers])
    text = "\n".join(str(message.body) for message in mail.outbox)
    assert [text.count(title) for title in titles] == [1] * WORKERS


def test_the_job_run_twice_at_once_queues_and_sends_once() -> None:
    told(UserFactory.create(email="li@example.gov.cn"))
    Delivery.objects.update(not_before=OPENS)
    results = at_once(*[queue_again] * 4)
    assert sorted(results) == [0, 0, 0, 1]  # type: ignore[type-var]
    run_queued()
    assert len(mail.outbox) == 1


def test_reminding_at_once_from_several_workers_reminds_once() -> None:
    found = [owing() for _ in range(3)]
    results = at_once(*[lambda: remind_all(OPENS)] * 4)
    assert sum(results) == len(found)  # type: ignore[arg-type]
    assert Reminder.objects.count() == Notification.objects.count() == len(found)
