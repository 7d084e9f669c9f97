"""Closed vocabularies of what people look for."""

from django.db import models
from django.utils.translation import pgettext_lazy


class WishState(models.TextChoices):
    """How far a wish is."""

    OPEN = "open", pgettext_lazy("wish", "Not answered yet")
    ANSWERED = "answered", pgettext_lazy("wish", "Answered")
    DECLINED = "declined", pgettext_lazy("wish", "Cannot be provided")


class Outcome(models.TextChoices):
    """How an editor answers."""

    PAGE = "page", pgettext_lazy("wish", "It is on this page")
    LINK = "link", pgettext_lazy("wish", "It is elsewhere, under this address")
    DECLINE = "decline", pgettext_lazy("wish", "It cannot be provided")
