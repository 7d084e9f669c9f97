"""The ways on which a notification leaves the portal."""

from portal.notifications.channels.email import EmailChannel
from portal.notifications.channels.protocol import Channel, UnsureError
from portal.notifications.channels.webhook import WebhookChannel
from portal.notifications.enums import ChannelName

_CHANNELS: dict[ChannelName, Channel] = {
    ChannelName.EMAIL: EmailChannel(),
    ChannelName.WEBHOOK: WebhookChannel(),
}


def channel_named(name: ChannelName) -> Channel:
    """The channel; KeyError for the inbox, which sends nothing."""
    return _CHANNELS[name]


__all__ = ["Channel", "UnsureError", "channel_named"]
