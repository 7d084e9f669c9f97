"""A web hook for a messaging gateway (short messages, an office messenger).

One POST of JSON per notification. `X-Portal-Signature: sha256=<hex>` is the HMAC-SHA256 of "<timestamp>.<body>" with
the shared secret, `X-Portal-Timestamp` the second since 1970, `Idempotency-Key` the number of the delivery: the same
number means the same message. Any answer 2xx is taken for "will be passed on".
"""

import hashlib
import hmac
import json
import time
from collections.abc import Sequence
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from django.conf import settings
from django.utils.translation import gettext as _

from portal.notifications.channels.protocol import UnsureError
from portal.notifications.enums import ChannelName
from portal.notifications.models import Delivery

TIMEOUT = 10
"""Seconds."""

SUCCESS = range(200, 300)


class _StayHere(HTTPRedirectHandler):
    """A gateway that sends elsewhere is set up wrongly; the message must not follow."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Refuse."""
        return


class WebhookChannel:
    """Hands notifications to a gateway that knows how to reach people."""

    name = ChannelName.WEBHOOK
    may_repeat = True

    def send(self, deliveries: Sequence[Delivery]) -> None:
        """Post each; raises OSError with the gateway's answer where it refuses."""
        for delivery in deliveries:
            _post(delivery)


def signature(*, secret: str, timestamp: str, body: bytes) -> str:
    """What the gateway compares."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


def payload(delivery: Delivery) -> dict[str, Any]:
    """What the gateway is told: whom, what, and where to read on."""
    notification, person = delivery.notification, delivery.notification.recipient
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return {
        "id": delivery.pk,
        "kind": notification.kind,
        "title": notification.title,
        "text": notification.text,
        "url": f"{base}{notification.address}" if notification.address else "",
        "created_at": notification.created_at.isoformat(),
        "recipient": {"username": person.username, "name": person.name, "phone": person.phone},
    }


def _post(delivery: Delivery) -> None:
    url, timestamp = settings.PORTAL_NOTIFY_WEBHOOK_URL, str(int(time.time()))
    if urlsplit(url).scheme not in {"http", "https"}:
        raise OSError(_("The address of the messaging gateway is not an address of the web."))
    body = json.dumps(payload(delivery), ensure_ascii=False).encode()
    request = Request(  # noqa: S310 - the scheme has been looked at
        url,
        data=body,
        method="POST",
        headers={
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": f"delivery-{delivery.pk}",
            "X-Portal-Timestamp": timestamp,
            "X-Portal-Signature": signature(
                secret=settings.PORTAL_NOTIFY_WEBHOOK_SECRET, timestamp=timestamp, body=body
            ),
        },
    )
    try:
        with _opener().open(request, timeout=TIMEOUT) as answer:
            if answer.status not in SUCCESS:
                raise OSError(f"HTTP {answer.status}")
    except HTTPError as error:
        raise OSError(f"HTTP {error.code}") from error
    except TimeoutError as error:
        raise UnsureError("TimeoutError") from error


def _opener() -> OpenerDirector:
    """Straight to the gateway on the intranet, whatever proxies the machine's environment names."""
    return build_opener(ProxyHandler({}), _StayHere())
