"""Notifications, their deliveries, and how a person wants them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.notifications.enums import ChannelName, DeliveryState, EmailChoice, kinds
from portal.notifications.querysets import DeliveryQuerySet, NotificationQuerySet

LONGEST_TITLE = 200


class Notification(models.Model):
    """Something one person was told, once: `key` names the occasion and is unique for the person."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notifications",
        verbose_name=pgettext_lazy("notification", "recipient"),
    )
    kind = models.CharField(pgettext_lazy("notification", "kind"), max_length=30, choices=kinds)
    key = models.CharField(_("occasion"), max_length=120, editable=False)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    text = models.TextField(pgettext_lazy("notification", "text"), blank=True)
    translations = models.JSONField(_("in other languages"), default=dict, editable=False)
    """{language: {"title", "text"}}: a person may read in another language than the portal writes in."""
    address = models.CharField(_("address inside the portal"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    read_at = models.DateTimeField(_("read at"), null=True, editable=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="inbox"),
            models.Index(fields=["recipient"], condition=models.Q(read_at__isnull=True), name="inbox_unread"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        """The title in the reader's language, as far as it was written in it."""
        return self._in_language().get("title") or self.title

    @property
    def shown_text(self) -> str:
        """The text in the reader's language."""
        return self._in_language().get("text") or self.text

    def _in_language(self) -> dict[str, Any]:
        found: dict[str, Any] = self.translations.get(get_language() or "", {})
        return found


class Delivery(models.Model):
    """A notification on one channel, and how far it is.

    Written in the transaction of the notification, so that neither exists without the other. `claim` is the number of
    the attempt under way: whoever holds it may send, and say how it went.
    """

    notification = models.ForeignKey(
        Notification, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("notification")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=ChannelName)
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    in_digest = models.BooleanField(_("together with others"), default=False)
    not_before = models.DateTimeField(_("not before"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("error"), max_length=300, blank=True)
    claim = models.UUIDField(null=True, editable=False)
    claimed_at = models.DateTimeField(_("last attempt at"), null=True, editable=False)
    sent_at = models.DateTimeField(pgettext_lazy("delivery", "sent at"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of a notification")
        verbose_name_plural = _("deliveries of notifications")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="delivered_once")]
        indexes = [
            models.Index(
                fields=["not_before"], condition=models.Q(state=DeliveryState.QUEUED), name="deliveries_waiting"
            ),
            models.Index(
                fields=["claimed_at"], condition=models.Q(state=DeliveryState.SENDING), name="deliveries_begun"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notification} · {self.get_channel_display()}"


class Preference(models.Model):
    """How a person wants to be told; without a row, by e-mail at once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="notification_preference"
    )
    email = models.CharField(
        _("Notifications by e-mail"), max_length=10, choices=EmailChoice, default=EmailChoice.AT_ONCE
    )

    class Meta:
        verbose_name = _("preference for notifications")
        verbose_name_plural = _("preferences for notifications")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user} · {self.get_email_display()}"
