"""Kinds of results as a reader tells them apart, in the order in which they are offered."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

POLICY, TRAINING, CAMPAIGN, TASK, REPORT, ATTACHMENT = (
    "policy",
    "training",
    "campaign",
    "task",
    "report",
    "attachment",
)

KINDS: dict[str, Promise] = {
    POLICY: _("Policies"),
    TRAINING: _("Training"),
    CAMPAIGN: _("Campaigns"),
    TASK: _("Tasks of programmes"),
    REPORT: _("Accepted reports"),
    ATTACHMENT: _("Files"),
}
