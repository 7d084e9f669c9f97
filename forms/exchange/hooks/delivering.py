"""Sending what web hooks have to say: claim, post, say how it went; each a transaction of its own.

At least once: what is not known to have arrived is posted again under the same number, by which the receiver drops it.
"""

import datetime
import json
import logging
import uuid

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forms.exchange.hooks.enums import MessageState
from forms.exchange.hooks.models import HookMessage
from forms.exchange.hooks.services import GRACE, queue
from portal.notifications.posting import post_signed
from portal.notifications.rules import pause_after

logger = logging.getLogger(__name__)

TOO_LONG = datetime.timedelta(minutes=5)
MOST_AT_ONCE = 500
LONGEST_ERROR = 300


def deliver(pk: uuid.UUID, *, now: datetime.datetime | None = None) -> MessageState | None:
    """Send one message; None where there is nothing to send (any more). A failure is written down, not raised."""
    now = now or timezone.now()
    message = _claim(pk, now)
    if message is None:
        return None
    try:
        _post(message)
    except Exception as error:
        logger.warning("Message %s of web hook %s failed", pk, message.hook_id, exc_info=True)
        return _failed(message, f"{type(error).__name__}: {error}", now)
    _close(message, state=MessageState.SENT, sent_at=timezone.now(), error="")
    return MessageState.SENT


def look_after(now: datetime.datetime | None = None) -> int:
    """Queue what waits and is due, and what a dead worker had begun; gives how many."""
    now = now or timezone.now()
    for message in HookMessage.objects.abandoned(now - TOO_LONG)[:MOST_AT_ONCE]:
        _failed(message, "Interrupted while sending", now)
    with transaction.atomic():
        due = HookMessage.objects.due(now).order_by("not_before", "pk").select_for_update(of=("self",))
        messages = list(due[:MOST_AT_ONCE])
        for message in messages:
            queue(message)
        HookMessage.objects.filter(pk__in=[one.pk for one in messages]).update(not_before=now + GRACE)
    return len(messages)


def _claim(pk: uuid.UUID, now: datetime.datetime) -> HookMessage | None:
    """Take the message: of two who try, one gets it."""
    claim = uuid.uuid4()
    waiting = HookMessage.objects.filter(pk__in=HookMessage.objects.waiting().filter(pk=pk).order_by().values("pk"))
    taken = waiting.filter(state=MessageState.QUEUED).update(
        state=MessageState.SENDING, claim=claim, claimed_at=now, attempts=F("attempts") + 1, error=""
    )
    return HookMessage.objects.select_related("hook").filter(pk=pk, claim=claim).first() if taken else None


def _post(message: HookMessage) -> None:
    body = json.dumps(message.payload, ensure_ascii=False).encode()
    post_signed(
        url=message.hook.address,
        secret=message.hook.secret,
        body=body,
        key=str(message.pk),
        headers={"X-Portal-Event": message.event},
        outside=True,
    )


def _failed(message: HookMessage, error: str, now: datetime.datetime) -> MessageState:
    """The next attempt comes after a pause, until there is none."""
    pause = pause_after(message.attempts)
    state = MessageState.QUEUED if pause else MessageState.FAILED
    _close(message, state=state, not_before=now + (pause or GRACE), error=error[:LONGEST_ERROR])
    return state


def _close(message: HookMessage, **values: object) -> None:
    """End one's own attempt: what another has taken meanwhile stays as it is."""
    HookMessage.objects.filter(pk=message.pk, claim=message.claim, state=MessageState.SENDING).update(**values)
