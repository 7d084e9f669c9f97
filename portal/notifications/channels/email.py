"""E-mail through Django's own mail (`settings.EMAIL_BACKEND`)."""

from collections.abc import Sequence
from smtplib import SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from portal.notifications.channels.protocol import UnsureError
from portal.notifications.enums import ChannelName
from portal.notifications.models import Delivery


class EmailChannel:
    """One message for one notification or for a digest of several."""

    name = ChannelName.EMAIL
    may_repeat = False

    def send(self, deliveries: Sequence[Delivery]) -> None:
        """Connect, then send: until the connection stands nothing can have arrived."""
        with translation.override(settings.LANGUAGE_CODE):
            message = _message(deliveries)
        connection = get_connection()
        connection.open()
        try:
            taken = connection.send_messages([message])
        except (SMTPServerDisconnected, TimeoutError, ConnectionError) as error:
            raise UnsureError(f"{type(error).__name__}: {error}") from error
        finally:
            _close(connection)
        if not taken:
            raise OSError("the mail server did not take the message")


def _message(deliveries: Sequence[Delivery]) -> EmailMessage:
    notifications = [delivery.notification for delivery in deliveries]
    titles = [notification.title for notification in notifications]
    subject = (
        titles[0]
        if len(titles) == 1
        else _("%(n)d notifications: %(first)s …")
        % {
            "n": len(titles),
            "first": titles[0],
        }
    )
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    context = {"notifications": notifications, "base": base}
    return EmailMessage(
        subject=" ".join(f"[{settings.WAGTAIL_SITE_NAME}] {subject}".split()),
        body=render_to_string("notifications/email.txt", context),
        to=[notifications[0].recipient.email],
        headers={"Auto-Submitted": "auto-generated", "X-Portal-Delivery": str(deliveries[0].claim)},
    )


def _close(connection: object) -> None:
    """A farewell that fails changes nothing about what was sent."""
    try:
        connection.close()  # type: ignore[attr-defined]
    except OSError:
        return
