"""Closed vocabulary of the bin."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BinnedKind(models.TextChoices):
    """What can be deleted."""

    REPORT = "report", _("Report")
    REQUIREMENT = "requirement", _("Reporting requirement")
