"""Closed vocabularies of reminding."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Rung(models.TextChoices):
    """The rungs of the ladder, from the first to the last. When each comes is said in `rules.LADDER`."""

    OPENING = "opening", _("When it opens")
    DAYS_BEFORE = "days_before", _("Three days before it is due")
    WORKDAY_BEFORE = "workday_before", _("One working day before it is due")
    DUE = "due", _("On the day it is due")
    OVERDUE_1 = "overdue_1", _("One day overdue")
    OVERDUE_3 = "overdue_3", _("Three days overdue")
    OVERDUE_7 = "overdue_7", _("Seven days overdue")


class Outcome(models.TextChoices):
    """What became of a rung."""

    SENT = "sent", pgettext_lazy("reminder", "Sent")
    SKIPPED = "skipped", pgettext_lazy("reminder", "Left out, because a later one was due already")
    NOBODY = "nobody", pgettext_lazy("reminder", "The unit has nobody to remind")
