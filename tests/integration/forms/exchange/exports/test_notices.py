"""Whoever asked for an export is told when it is ready or has failed, once, as they want to be told."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation

from forms.collection.enums import ReportState
from forms.exchange.exports import running
from forms.exchange.exports.enums import ExportState
from forms.exchange.exports.running import MOST_ATTEMPTS, run
from forms.exchange.exports.services import cancel, take
from portal.notifications.enums import ChannelName, DeliveryState, EmailChoice
from portal.notifications.models import Delivery, Notification
from portal.notifications.services import choose_email
from tests.factories.exports import FLAT, asked, collected, made
from tests.integration.queue import run_queued

pytestmark = pytest.mark.django_db


def test_a_person_is_told_that_the_file_is_ready_where_it_is_and_until_when(client: Client) -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    user = found.coordinator
    export = made(user, found.requirement)
    told = Notification.objects.visible_to(user).get()
    until = timezone.localtime(export.expires_at)
    assert export.requirement.title in told.title
    assert f"{until.month}月{until.day}日 {until:%H:%M}" in told.text
    with translation.override("en"):
        assert told.shown_title.startswith("Ready to download")
    client.force_login(user)
    opened = client.get(f"/inbox/{told.pk}/", follow=True)
    assert opened.redirect_chain[-1][0] == f"/exports/#export-{export.pk}"
    assert f'id="export-{export.pk}"' in opened.content.decode()


def test_the_e_mail_leads_to_the_file() -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    user = found.coordinator
    user.email = "li@example.gov.cn"
    user.save()
    export = asked(user, found.requirement)
    run_queued()
    assert f"/exports/#export-{export.pk}" in str(mail.outbox[0].body)
    assert len(mail.outbox) == 1


def test_whoever_wants_one_e_mail_a_day_gets_no_other() -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    user = found.coordinator
    user.email = "li@example.gov.cn"
    user.save()
    choose_email(user=user, choice=EmailChoice.DIGEST)
    asked(user, found.requirement)
    run_queued()
    waiting = Delivery.objects.get(channel=ChannelName.EMAIL)
    assert (waiting.in_digest, waiting.state) == (True, DeliveryState.QUEUED)
    assert not mail.outbox


def test_taking_the_file_reads_the_notice() -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    user = found.coordinator
    export = made(user, found.requirement)
    assert Notification.objects.visible_to(user).unread().count() == 1
    take(user=user, export=export)
    assert not Notification.objects.visible_to(user).unread().exists()


def test_only_the_last_failure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found = collected(schema=FLAT)
    user = found.coordinator
    export = asked(user, found.requirement)
    monkeypatch.setattr(running, "_move", lambda written: (_ for _ in ()).throw(OSError("full")))
    for _ in range(MOST_ATTEMPTS):
        assert not Notification.objects.exists()
        run(export.pk)
    told = Notification.objects.visible_to(user).get()
    export.refresh_from_db()
    assert export.error in told.text


def test_nobody_is_told_of_what_they_cancelled_or_after_they_have_left() -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    user = found.coordinator
    cancelled, left = asked(user, found.requirement), asked(user, found.requirement)
    cancel(user=user, export=cancelled)
    user.is_active = False
    user.save()
    run_queued()
    left.refresh_from_db()
    assert left.state == ExportState.FAILED
    assert not Notification.objects.filter(recipient=user).exists()


def test_the_notice_is_there_exactly_when_the_file_is(monkeypatch: pytest.MonkeyPatch) -> None:
    found = collected(ReportState.ACCEPTED, schema=FLAT)
    export = asked(found.coordinator, found.requirement)
    monkeypatch.setattr(running, "tell", lambda export: (_ for _ in ()).throw(OSError("no room")))
    with pytest.raises(OSError, match="no room"):
        run(export.pk)
    export.refresh_from_db()
    assert export.state == ExportState.RUNNING
