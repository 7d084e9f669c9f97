"""Closed vocabularies of exports."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExportFormat(models.TextChoices):
    """What kind of file."""

    XLSX = "xlsx", _("Excel workbook (XLSX)")
    CSV = "csv", _("CSV (UTF-8, opens in Excel and WPS)")
    JSON = "json", _("JSON, for programs")


class Values(models.TextChoices):
    """How answers and headings are written."""

    LABELS = "labels", _("In words, as people read them")
    CODES = "codes", _("Keys and codes, for programs")


class Content(models.TextChoices):
    """Which answers of a report."""

    ACCEPTED = "accepted", _("Accepted reports only")
    SENT = "sent", _("As last sent, whether accepted or not")
    WORKING = "working", _("Working copies of my own unit, drafts among them")


class ExportState(models.TextChoices):
    """How far an export is."""

    QUEUED = "queued", pgettext_lazy("export", "Waiting")
    RUNNING = "running", pgettext_lazy("export", "Being written")
    DONE = "done", pgettext_lazy("export", "Ready")
    FAILED = "failed", pgettext_lazy("export", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("export", "Cancelled")
    EXPIRED = "expired", pgettext_lazy("export", "Expired")


UNFINISHED = frozenset({ExportState.QUEUED, ExportState.RUNNING})
"""States in which a worker is still wanted."""


class RowKind(models.TextChoices):
    """What a row tells of a unit."""

    FILLED = "filled", pgettext_lazy("export", "Filled in")
    NIL = "nil", _("Nothing to report")
    WAIVED = "waived", _("Waived")
    MISSING = "missing", pgettext_lazy("export", "No report to show")
