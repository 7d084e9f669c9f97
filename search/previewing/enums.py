"""The closed vocabulary of previews."""

from django.db import models
from django.utils.translation import pgettext_lazy


class PreviewState(models.TextChoices):
    """How far a preview is."""

    QUEUED = "queued", pgettext_lazy("preview", "Waiting")
    RUNNING = "running", pgettext_lazy("preview", "Being worked out")
    DONE = "done", pgettext_lazy("preview", "Ready")
    FAILED = "failed", pgettext_lazy("preview", "Failed")


UNFINISHED = (PreviewState.QUEUED, PreviewState.RUNNING)
