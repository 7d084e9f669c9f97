"""The closed vocabularies of indicators."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Aggregation(models.TextChoices):
    """What is made of the answers."""

    SUM = "sum", pgettext_lazy("indicator", "Sum")
    AVERAGE = "average", pgettext_lazy("indicator", "Average")
    LATEST = "latest", pgettext_lazy("indicator", "Latest value of each unit")
    COUNT = "count", pgettext_lazy("indicator", "Number of answers")
    CHOICE = "choice", pgettext_lazy("indicator", "How often a choice was made")
    SHARE_YES = "share_yes", pgettext_lazy("indicator", "Share of “yes”")


class Split(models.TextChoices):
    """By what the figure is shown."""

    UNIT = "unit", pgettext_lazy("indicator", "By unit")
    PERIOD = "period", pgettext_lazy("indicator", "By period (trend)")
    CHOICE = "choice", pgettext_lazy("indicator", "By choice")
