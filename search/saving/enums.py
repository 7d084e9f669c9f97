"""Closed vocabularies of saved searches."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Cadence(models.TextChoices):
    """When a person is told that a saved search finds something new."""

    NONE = "none", pgettext_lazy("search alert", "No alert, only the number in the list")
    AT_ONCE = "at_once", pgettext_lazy("search alert", "At once")
    DAILY = "daily", pgettext_lazy("search alert", "Once a working day")
    WEEKLY = "weekly", pgettext_lazy("search alert", "Once a week")
