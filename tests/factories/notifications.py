"""Notifications, told by the service itself."""

from itertools import count

from portal.accounts.models import User
from portal.notifications.enums import Kind
from portal.notifications.models import Notification
from portal.notifications.services import Words, notify

_numbers = count(1)


def told(recipient: User, title: str = "请报送巡查记录", *, key: str = "", address: str = "/reports/") -> Notification:
    """Something the person was told for the first time."""
    found = notify(
        recipient=recipient,
        kind=Kind.REPORT_DUE,
        key=key or f"occasion:{next(_numbers)}",
        words=lambda: Words(title, "还有 3 天。"),
        address=address,
    )
    assert found is not None
    return found
