"""What a channel is."""

from collections.abc import Sequence
from typing import Protocol

from portal.notifications.enums import ChannelName
from portal.notifications.errors import UnsureError
from portal.notifications.models import Delivery


class Channel(Protocol):
    """A way out of the portal."""

    name: ChannelName
    may_repeat: bool
    """Whether the other side can tell a repetition, so that what is not known to have arrived may be sent again."""

    def send(self, deliveries: Sequence[Delivery]) -> None:
        """Send to the one person whose deliveries these are: one, or several in a digest.

        Raises UnsureError where it may have arrived, anything else where it has not.
        """
        ...


__all__ = ["Channel", "UnsureError"]
