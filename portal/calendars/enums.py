"""Closed vocabularies of the calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayKind(models.TextChoices):
    """What a day differs in from an ordinary day of its week, as the State Council's yearly notice arranges it."""

    HOLIDAY = "holiday", _("Holiday")
    WORKED = "worked", _("Worked (make-up day)")


class Source(models.TextChoices):
    """How one knows what a day is."""

    ENTERED = "entered", _("entered by an administrator")
    PUBLISHED = "published", _("the State Council's notice")
    ESTIMATE = "estimate", _("an estimate: the notice for that year is not entered yet")


class LengthUnit(models.TextChoices):
    """In what a stretch of time is counted."""

    DAYS = "days", _("calendar days")
    WORKING_DAYS = "working_days", _("working days")
