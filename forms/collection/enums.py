"""Closed vocabularies of collecting, and named groups of states."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequirementState(models.TextChoices):
    """Where a requirement (报送要求) stands."""

    DRAFT = "draft", _("In preparation")
    OPEN = "open", _("Collecting")
    CLOSED = "closed", _("Collecting has ended")


class PeriodStatus(models.TextChoices):
    """Where a reporting period (报送期) stands at one instant. Never stored: it follows from the clock."""

    UPCOMING = "upcoming", _("Not open yet")
    OPEN = "open", _("Open")
    LATE = "late", _("Past due, still open")
    CLOSED = "closed", _("Closed to reports")


class ReportState(models.TextChoices):
    """Where a report stands. An expected report nobody has begun has no state at all."""

    DRAFT = "draft", _("Draft")
    SIGN_OFF = "sign_off", _("To be signed off in the unit")
    SUBMITTED = "submitted", _("Sent, to be reviewed")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")


SENT = frozenset({ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED})
"""States of a report that has left its unit at least once."""

ARRIVED = frozenset({ReportState.SUBMITTED, ReportState.ACCEPTED})
"""States that count as reported; a returned report is back with its unit and is owed again."""

WITH_UNIT = frozenset({ReportState.DRAFT, ReportState.RETURNED})
"""States in which the unit may write."""

OWED = WITH_UNIT | {ReportState.SIGN_OFF}
"""States in which the unit still owes the report: it has not left, or has come back."""
