"""Writes of notifications: telling, reading, choosing how to be told."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from portal.calendars.hours import next_morning
from portal.calendars.services import work_calendar
from portal.notifications.enums import ChannelName, DeliveryState, EmailChoice, Kind
from portal.notifications.models import LONGEST_TITLE, Delivery, Notification, Preference
from portal.notifications.rules import is_inside

if TYPE_CHECKING:
    from portal.accounts.models import User

GRACE = datetime.timedelta(minutes=5)
"""How long a delivery waits for its task before another one is queued for it."""


@dataclass(frozen=True)
class Words:
    """What a person reads."""

    title: str
    text: str = ""


@transaction.atomic
def notify(
    *,
    recipient: "User",
    kind: Kind,
    key: str,
    words: Callable[[], Words],
    address: str = "",
    now: datetime.datetime | None = None,
) -> Notification | None:
    """Tell one person something, on every channel that is theirs; None where they have been told already.

    The same `key` a second time changes nothing, whoever calls and whenever: after a crash, or from two jobs at once.
    `words` is called once for each language of the portal. Belongs into the transaction of what it tells of.
    ValueError for an address outside the portal.
    """
    if address and not is_inside(address):
        raise ValueError(f"{address!r} does not lead to a page of the portal")
    now = now or timezone.now()
    written = {language: _in(language, words) for language, _name in settings.LANGUAGES}
    own = written.pop(settings.LANGUAGE_CODE)
    notification, created = Notification.objects.get_or_create(
        recipient=recipient,
        key=key,
        defaults={
            "kind": kind,
            "title": own.title[:LONGEST_TITLE],
            "text": own.text,
            "translations": {code: {"title": one.title, "text": one.text} for code, one in written.items()},
            "address": address,
            "created_at": now,
        },
    )
    if not created:
        return None
    for delivery in Delivery.objects.bulk_create(_deliveries(notification, recipient, now)):
        if delivery.state == DeliveryState.QUEUED and not delivery.in_digest:
            _queue(delivery.pk)
    return notification


@transaction.atomic
def mark_read(*, notification: Notification, now: datetime.datetime | None = None) -> None:
    """Note that the person has seen it; the first time counts."""
    now = now or timezone.now()
    Notification.objects.unread().filter(pk=notification.pk).update(read_at=now)


@transaction.atomic
def mark_all_read(*, user: "User", now: datetime.datetime | None = None) -> int:
    """The same for everything that the person has been told until now; gives how many."""
    now = now or timezone.now()
    return Notification.objects.visible_to(user).unread().filter(created_at__lte=now).update(read_at=now)


@transaction.atomic
def choose_email(*, user: "User", choice: EmailChoice) -> Preference:
    """Set when the person wants e-mails; what waits already goes out as it was chosen then."""
    preference, _created = Preference.objects.update_or_create(user=user, defaults={"email": choice})
    return preference


def email_choice(user: "User") -> EmailChoice:
    """When the person wants e-mails."""
    chosen = Preference.objects.filter(user=user).values_list("email", flat=True).first()
    return EmailChoice(chosen) if chosen else EmailChoice.AT_ONCE


def _in(language: str, words: Callable[[], Words]) -> Words:
    with translation.override(language):
        return words()


def _deliveries(notification: Notification, recipient: "User", now: datetime.datetime) -> list[Delivery]:
    build = partial(Delivery, notification=notification, not_before=now + GRACE)
    # The inbox is the row itself: nothing can go wrong between here and there.
    found = [build(channel=ChannelName.INBOX, state=DeliveryState.SENT, sent_at=now)]
    choice = email_choice(recipient) if recipient.email else EmailChoice.NONE
    if choice == EmailChoice.DIGEST:
        morning = next_morning(now, work_calendar(), timezone.get_default_timezone())
        found.append(build(channel=ChannelName.EMAIL, in_digest=True, not_before=morning))
    elif choice == EmailChoice.AT_ONCE:
        found.append(build(channel=ChannelName.EMAIL))
    if settings.PORTAL_NOTIFY_WEBHOOK_URL:
        found.append(build(channel=ChannelName.WEBHOOK))
    return found


def _queue(pk: int) -> None:
    from portal.notifications.tasks import deliver

    deliver.enqueue(pk)
