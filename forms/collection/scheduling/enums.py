"""Closed vocabularies of schedules."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    """How often the units report."""

    DATES = "dates", _("On dates of their own")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    BIMONTHLY = "bimonthly", _("Every two months")
    QUARTERLY = "quarterly", _("Every quarter")
    HALF_YEARLY = "half_yearly", _("Every half-year")
    YEARLY = "yearly", _("Every year")


class Anchor(models.TextChoices):
    """From where a day is counted."""

    START = "start", _("the first day of the period")
    END = "end", _("the last day of the period")
    DUE = "due", _("the due day")


class Roll(models.TextChoices):
    """What becomes of a due day on which nobody works."""

    KEEP = "keep", _("stays as it is")
    NEXT = "next", _("moves to the next working day")
    PREVIOUS = "previous", _("moves to the working day before")
