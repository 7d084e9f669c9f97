"""Exports of reports: what was asked for, how far it is, and the file."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forms.collection.models import Requirement
from forms.exchange.exports.enums import UNFINISHED, ExportFormat, ExportState, Values
from forms.exchange.exports.querysets import ExportQuerySet
from forms.exchange.exports.rules import Selection


class Export(models.Model):
    """A file of reports that a worker writes for one person.

    `claim` is the number of the attempt under way: whoever holds it may say how far it is and put its file in place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    """Made by the page that asks, so that the same page sent twice asks once."""
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    requirement = models.ForeignKey(
        Requirement, on_delete=models.CASCADE, related_name="+", verbose_name=_("reporting requirement")
    )
    selection = models.JSONField(pgettext_lazy("export", "selection"))
    """`rules.Selection` as JSON."""
    format = models.CharField(_("format"), max_length=10, choices=ExportFormat)
    values = models.CharField(pgettext_lazy("export", "answers"), max_length=10, choices=Values)
    sensitive = models.BooleanField(_("with personal and sensitive answers"), default=False)
    language = models.CharField(_("language"), max_length=10)
    state = models.CharField(_("state"), max_length=10, choices=ExportState, default=ExportState.QUEUED)
    done = models.PositiveIntegerField(_("rows written"), default=0)
    total = models.PositiveIntegerField(_("rows in all"), default=0)
    error = models.CharField(_("error"), max_length=300, blank=True)
    notes = models.JSONField(pgettext_lazy("export", "notes"), default=list)
    """Sentences about what the file could not hold."""
    reach = models.JSONField(default=dict, editable=False)
    """`rules.Reach` as JSON: the right by which its rows were read."""
    file = models.CharField(_("file"), max_length=200, blank=True, editable=False)
    """Its name in the private storage."""
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    claim = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(editable=False)
    asked_at = models.DateTimeField(_("asked for at"))
    as_of = models.DateTimeField(_("as of"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    expires_at = models.DateTimeField(_("kept until"), null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of reports")
        verbose_name_plural = _("exports of reports")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["owner", "-asked_at"], name="exports_of_person"),
            models.Index(fields=["not_before"], condition=models.Q(state__in=sorted(UNFINISHED)), name="exports_open"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement} · {self.get_format_display()}"

    @property
    def chosen(self) -> Selection:
        """Which reports."""
        return Selection.from_json(self.selection)

    @property
    def is_unfinished(self) -> bool:
        """Whether a worker is still wanted."""
        return self.state in UNFINISHED

    @property
    def is_ready(self) -> bool:
        """Whether there is a file."""
        return self.state == ExportState.DONE

    @property
    def percent(self) -> int:
        """How much is written, 0–100."""
        return min(100, 100 * self.done // self.total) if self.total else 0
