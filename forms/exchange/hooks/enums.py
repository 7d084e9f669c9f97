"""Closed vocabularies of web hooks."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HookEvent(models.TextChoices):
    """What a web hook tells of. What happens inside a unit is not among them."""

    SUBMITTED = "report.submitted", _("Report sent")
    WITHDRAWN = "report.withdrawn", _("Report withdrawn")
    RETURNED = "report.returned", _("Report returned")
    ACCEPTED = "report.accepted", _("Report accepted")
    REOPENED = "report.reopened", _("Report reopened")
    WAIVED = "report.waived", _("Report waived")
    ASKED_AGAIN = "report.asked_again", _("Waiver taken back")
    BINNED = "report.binned", _("Report put in the bin")
    RESTORED = "report.restored", _("Report restored from the bin")


def events() -> list[tuple[str, Any]]:
    """The choices of `HookEvent`; as a function, so that a new event needs no migration."""
    return list(HookEvent.choices)


class MessageState(models.TextChoices):
    """How far a message is."""

    QUEUED = "queued", pgettext_lazy("delivery", "Waiting")
    SENDING = "sending", pgettext_lazy("delivery", "Being sent")
    SENT = "sent", pgettext_lazy("delivery", "Sent")
    FAILED = "failed", pgettext_lazy("delivery", "Failed")
