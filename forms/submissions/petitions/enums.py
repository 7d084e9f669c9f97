"""Closed vocabularies of petitions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PetitionKind(models.TextChoices):
    """What is asked for that the usual steps do not allow."""

    REOPEN = "reopen", _("Reopen an accepted report")
    LATE = "late", _("Send a report after closing")
