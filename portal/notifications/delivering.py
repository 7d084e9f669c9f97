"""Sending what waits: claim, send, say how it went. Each of the three is a transaction of its own.

What can happen to a worker, and what becomes of the delivery:

| it dies                                  | the delivery is         | and then                                        |
|------------------------------------------|-------------------------|-------------------------------------------------|
| before it claims                         | waiting                 | queued again after some minutes                 |
| between claiming and saying how it went  | being sent, for too long| e-mail: not known; gateway: sent again          |
| after saying so                          | sent, or waiting again  | nothing more, or the next attempt               |

Mail servers take the same message twice without noticing, and whether the first one was taken nobody can ask. So an
e-mail of which that is not known is not sent again by itself: the person has it in the inbox anyway, and the list of
deliveries says "not known". The gateway is given the number of the delivery and can tell a repetition by it.
"""

import datetime
import logging
import uuid

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.notifications.channels import Channel, UnsureError, channel_named
from portal.notifications.enums import ChannelName, DeliveryState
from portal.notifications.models import Delivery
from portal.notifications.querysets import DeliveryQuerySet
from portal.notifications.rules import pause_after
from portal.notifications.services import GRACE

logger = logging.getLogger(__name__)

TOO_LONG = datetime.timedelta(minutes=10)
"""After this the worker that claimed a delivery is taken for dead; every channel gives up long before."""

MOST_AT_ONCE = 500
LONGEST_ERROR = 300


def deliver(*, pk: int, now: datetime.datetime | None = None) -> DeliveryState | None:
    """Send one delivery, with what waits for the same digest; None where there is nothing to send (any more).

    A failure is written down and tried again later; nothing is raised.
    """
    now = now or timezone.now()
    deliveries = _claim(pk, now)
    if not deliveries:
        return None
    channel = channel_named(ChannelName(deliveries[0].channel))
    try:
        channel.send(deliveries)
    except UnsureError as error:
        return _unsure(channel, deliveries, str(error), now)
    except Exception as error:
        logger.warning("Delivery %s on %s failed", pk, channel.name, exc_info=True)
        return _failed(deliveries, f"{type(error).__name__}: {error}", now)
    _close(deliveries, state=DeliveryState.SENT, sent_at=timezone.now(), error="")
    return DeliveryState.SENT


def queue_again(now: datetime.datetime | None = None) -> int:
    """Queue what waits and is due: retries, digests, and what a lost task has left behind; gives how many.

    One whose task has just been queued is left alone for some minutes, so that a long queue does not grow by itself.
    """
    from portal.notifications.tasks import deliver as task

    now = now or timezone.now()
    with transaction.atomic():
        due = Delivery.objects.due(now).order_by("not_before", "pk")
        numbers = list(due.select_for_update().values_list("pk", flat=True)[:MOST_AT_ONCE])
        rows = list(
            Delivery.objects.filter(pk__in=numbers).values_list("pk", "in_digest", "notification__recipient").order_by()
        )
        alone = [pk for pk, in_digest, _recipient in rows if not in_digest]
        digests = {recipient: pk for pk, in_digest, recipient in rows if in_digest}
        for pk in sorted([*alone, *digests.values()]):
            task.enqueue(pk)
        Delivery.objects.filter(pk__in=numbers).update(not_before=now + GRACE)
    return len(alone) + len(digests)


def settle_abandoned(now: datetime.datetime | None = None) -> int:
    """Say of what a dead worker had begun what can be said of it; gives how many."""
    now = now or timezone.now()
    settled = 0
    for delivery in Delivery.objects.abandoned(now - TOO_LONG)[:MOST_AT_ONCE]:
        _unsure(channel_named(ChannelName(delivery.channel)), [delivery], "Interrupted while sending", now)
        settled += 1
    return settled


def _claim(pk: int, now: datetime.datetime) -> list[Delivery]:
    """Take the delivery, and the rest of its digest, for oneself: of two who try, one gets it."""
    with transaction.atomic():
        first = Delivery.objects.waiting().filter(pk=pk).select_related("notification").first()
        if first is None:
            return []
        claim = uuid.uuid4()
        _wanted(first).update(
            state=DeliveryState.SENDING, claim=claim, claimed_at=now, attempts=F("attempts") + 1, error=""
        )
    rows = Delivery.objects.filter(claim=claim, state=DeliveryState.SENDING)
    return list(rows.select_related("notification__recipient").order_by("notification__created_at", "pk"))


def _wanted(first: Delivery) -> DeliveryQuerySet:
    if not first.in_digest:
        return Delivery.objects.waiting().filter(pk=first.pk)
    same = Delivery.objects.filter(notification__recipient=first.notification.recipient_id, channel=first.channel)
    return Delivery.objects.waiting().filter(pk__in=same.filter(in_digest=True).order_by().values("pk"))


def _unsure(channel: Channel, deliveries: list[Delivery], error: str, now: datetime.datetime) -> DeliveryState:
    if channel.may_repeat:
        return _failed(deliveries, error, now)
    _close(deliveries, state=DeliveryState.UNKNOWN, error=error[:LONGEST_ERROR])
    return DeliveryState.UNKNOWN


def _failed(deliveries: list[Delivery], error: str, now: datetime.datetime) -> DeliveryState:
    """Note the failure of an attempt; the next one comes after a pause, until there is none."""
    pause = pause_after(max(delivery.attempts for delivery in deliveries))
    state = DeliveryState.QUEUED if pause else DeliveryState.FAILED
    _close(deliveries, state=state, not_before=now + (pause or GRACE), error=error[:LONGEST_ERROR])
    return state


def _close(deliveries: list[Delivery], **values: object) -> None:
    """End one's own attempt: what another has taken meanwhile stays as it is."""
    numbers, claims = [delivery.pk for delivery in deliveries], {delivery.claim for delivery in deliveries}
    mine = Delivery.objects.filter(pk__in=numbers, claim__in=claims)
    mine.filter(state__in={DeliveryState.SENDING, DeliveryState.UNKNOWN}).update(**values)
