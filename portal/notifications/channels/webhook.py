"""A web hook for a messaging gateway (short messages, an office messenger).

One signed POST of JSON per notification (`portal.notifications.posting` says how it is signed and numbered).
"""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from portal.notifications.enums import ChannelName
from portal.notifications.models import Delivery
from portal.notifications.posting import post_signed


class WebhookChannel:
    """Hands notifications to a gateway that knows how to reach people."""

    name = ChannelName.WEBHOOK
    may_repeat = True

    def send(self, deliveries: Sequence[Delivery]) -> None:
        """Post each; raises OSError with the gateway's answer where it refuses."""
        for delivery in deliveries:
            _post(delivery)


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
    post_signed(
        url=settings.PORTAL_NOTIFY_WEBHOOK_URL,
        secret=settings.PORTAL_NOTIFY_WEBHOOK_SECRET,
        body=json.dumps(payload(delivery), ensure_ascii=False).encode(),
        key=f"delivery-{delivery.pk}",
    )
