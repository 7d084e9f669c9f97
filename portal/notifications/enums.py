"""Closed vocabularies of notifications."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a person may be told. A new kind of notification is added here first."""

    REPORT_DUE = "report_due", pgettext_lazy("notification", "Reminder")
    REPORT_OVERDUE = "report_overdue", pgettext_lazy("notification", "Overdue")
    REPORT_RETURNED = "report_returned", pgettext_lazy("notification", "Returned")
    REPORT_HANDED_IN = "report_handed_in", pgettext_lazy("notification", "To be signed off")
    REPORT_SENT_BACK = "report_sent_back", pgettext_lazy("notification", "Sent back inside the unit")
    REPORT_ACCEPTED = "report_accepted", pgettext_lazy("notification", "Accepted")
    REPORT_REOPENED = "report_reopened", pgettext_lazy("notification", "Reopened")
    REPORT_COMMENT = "report_comment", pgettext_lazy("notification", "Comment")
    PETITION_ASKED = "petition_asked", pgettext_lazy("notification", "Petition to decide on")
    PETITION_DECIDED = "petition_decided", pgettext_lazy("notification", "Petition decided")
    EXPORT_READY = "export_ready", pgettext_lazy("notification", "Export ready")
    EXPORT_FAILED = "export_failed", pgettext_lazy("notification", "Export failed")
    TOKEN_REVOKED = "token_revoked", pgettext_lazy("notification", "Access token")
    STANDING_IN = "standing_in", pgettext_lazy("notification", "Standing in")
    WISH_ANSWERED = "wish_answered", pgettext_lazy("notification", "What I was looking for")
    SEARCH_ALERT = "search_alert", pgettext_lazy("notification", "Saved search")
    INDEX_TROUBLE = "index_trouble", pgettext_lazy("notification", "Search index")
    ROLLUP_AFFECTED = "rollup_affected", pgettext_lazy("notification", "Roll-up affected")


def kinds() -> list[tuple[str, Any]]:
    """The choices of `Kind`; as a function, so that a new kind needs no migration."""
    return list(Kind.choices)


class ChannelName(models.TextChoices):
    """The ways on which a notification reaches its person."""

    INBOX = "inbox", _("Inbox")
    EMAIL = "email", pgettext_lazy("channel", "E-mail")
    WEBHOOK = "webhook", _("Messaging gateway")


class DeliveryState(models.TextChoices):
    """How far a delivery on one channel is."""

    QUEUED = "queued", pgettext_lazy("delivery", "Waiting")
    SENDING = "sending", pgettext_lazy("delivery", "Being sent")
    SENT = "sent", pgettext_lazy("delivery", "Sent")
    FAILED = "failed", pgettext_lazy("delivery", "Failed")
    UNKNOWN = "unknown", pgettext_lazy("delivery", "Not known whether it was sent")


class EmailChoice(models.TextChoices):
    """When a person wants notifications by e-mail."""

    AT_ONCE = "at_once", pgettext_lazy("e-mail", "At once")
    DIGEST = "digest", pgettext_lazy("e-mail", "Once a working day, together")
    NONE = "none", pgettext_lazy("e-mail", "Not by e-mail")
