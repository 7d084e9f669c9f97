"""Closed vocabularies of the plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeState(models.TextChoices):
    """Where a programme stands."""

    DRAFT = "draft", _("In preparation")
    RUNNING = "running", _("Running")
    CLOSED = "closed", _("Closed")


class UnitRole(models.TextChoices):
    """A unit's part in a task, as printed in the plan."""

    LEAD = "lead", _("Lead")
    ASSISTING = "assisting", _("Assisting")
    RESPONSIBLE = "responsible", _("Responsible")


class DeadlineKind(models.TextChoices):
    """What sort of time limit a milestone is."""

    DUE = "due", _("Due")
    RECURRING = "recurring", _("Recurring")
    LONG_TERM = "long-term", _("Long-term")


class Precision(models.TextChoices):
    """How exactly the plan states a date: 8月25日, 5月底, 二季度末, 年底."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    YEAR = "year", _("Year")


class ProposalState(models.TextChoices):
    """Where an uploaded plan stands on its way to a programme."""

    PROPOSED = "proposed", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    DISCARDED = "discarded", _("Discarded")
