"""Telling people: once, on every channel that is theirs, and never to anybody else."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.utils import timezone, translation

from portal.notifications.delivering import deliver, queue_again
from portal.notifications.enums import ChannelName, DeliveryState, EmailChoice, Kind
from portal.notifications.models import Delivery, Notification
from portal.notifications.services import Words, choose_email, mark_all_read, notify
from portal.units.enums import Role
from tests.factories.notifications import told
from tests.factories.units import UserFactory, person
from tests.integration.queue import run_queued

pytestmark = pytest.mark.django_db
EMAIL = "li@example.gov.cn"


def test_the_same_occasion_is_told_once() -> None:
    user = UserFactory.create(email=EMAIL)
    told(user, key="reminder:1:due")
    again = notify(recipient=user, kind=Kind.REPORT_DUE, key="reminder:1:due", words=lambda: Words("又一次"))
    assert again is None
    run_queued()
    assert len(mail.outbox) == 1
    assert Notification.objects.get().title == "请报送巡查记录"


def test_two_people_are_told_of_the_same_occasion() -> None:
    for _ in range(2):
        told(UserFactory.create(), key="reminder:1:due")
    assert Notification.objects.count() == 2


def test_an_e_mail_says_what_and_where() -> None:
    told(UserFactory.create(email=EMAIL), "《街面巡查》被退回", address="/reports/7/")
    run_queued()
    sent = mail.outbox[0]
    assert sent.to == [EMAIL]
    assert "《街面巡查》被退回" in sent.subject
    assert "还有 3 天。" in sent.body
    assert "http://127.0.0.1:8000/reports/7/" in sent.body
    assert Delivery.objects.get(channel=ChannelName.EMAIL).state == DeliveryState.SENT


def test_without_an_address_or_a_wish_for_e_mails_the_inbox_is_all() -> None:
    silent = UserFactory.create(email=EMAIL)
    choose_email(user=silent, choice=EmailChoice.NONE)
    for user in (silent, UserFactory.create(email="")):
        told(user)
    run_queued()
    assert not mail.outbox
    assert set(Delivery.objects.values_list("channel", "state")) == {(ChannelName.INBOX, DeliveryState.SENT)}


def test_a_digest_comes_on_the_next_working_morning_as_one_e_mail() -> None:
    user = UserFactory.create(email=EMAIL)
    choose_email(user=user, choice=EmailChoice.DIGEST)
    friday = datetime.datetime.fromisoformat("2026-11-27T15:00:00+08:00")
    with time_machine.travel(friday, tick=False):
        told(user, "第一件")
        told(user, "第二件")
        run_queued()
    with time_machine.travel(friday + datetime.timedelta(days=1), tick=False):
        assert queue_again() == 0
    assert not mail.outbox
    with time_machine.travel("2026-11-30T09:01:00+08:00", tick=False):
        assert queue_again() == 1
        run_queued()
        assert queue_again() == 0
    assert [("第一件" in one.body, "第二件" in one.body) for one in mail.outbox] == [(True, True)]
    assert "2" in mail.outbox[0].subject
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}


def test_a_reader_in_english_reads_english_where_the_portal_has_it() -> None:
    from django.utils.translation import gettext as _

    user = UserFactory.create()
    found = notify(recipient=user, kind=Kind.REPORT_DUE, key="k", words=lambda: Words(_("Inbox")))
    assert found is not None
    assert found.title == "收件箱"
    with translation.override("en"):
        assert found.shown_title == "Inbox"
    with translation.override("zh-hans"):
        assert found.shown_title == "收件箱"


def test_nothing_leads_out_of_the_portal() -> None:
    with pytest.raises(ValueError, match="portal"):
        told(UserFactory.create(), address="https://evil.example/")
    assert not Notification.objects.exists()


def test_one_sees_only_what_oneself_was_told() -> None:
    one, administrator = UserFactory.create(), person(Role.ADMINISTRATOR)
    told(one)
    assert Notification.objects.visible_to(one).count() == 1
    assert not Notification.objects.visible_to(administrator).exists()
    assert Delivery.objects.visible_to(administrator).count() == 1
    assert not Delivery.objects.visible_to(one).exists()


def test_marking_all_leaves_alone_what_comes_later_and_what_others_have() -> None:
    one, other = UserFactory.create(), UserFactory.create()
    told(one)
    told(other)
    seen_at = timezone.now()
    told(one)
    assert mark_all_read(user=one, now=seen_at) == 1
    assert Notification.objects.unread().count() == 2


def test_a_delivery_that_was_sent_is_not_sent_again_by_a_task_that_comes_late() -> None:
    told(UserFactory.create(email=EMAIL))
    number = Delivery.objects.get(channel=ChannelName.EMAIL).pk
    assert deliver(pk=number) == DeliveryState.SENT
    assert deliver(pk=number) is None
    run_queued()
    assert len(mail.outbox) == 1
