"""Closed vocabularies of campaigns."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignState(models.TextChoices):
    """Where a campaign stands on a day."""

    TO_COME = "to-come", _("To come")
    GOING_ON = "going-on", _("Going on")
    OVER = "over", _("Over")
