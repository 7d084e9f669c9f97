"""Roll-ups: the document, its blocks, their sentences, and where each of them comes from."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forms.collection.models import ReportingPeriod
from forms.reporting.rollups.enums import BlockKind, Change, FileKind, FileState, Origin, Part, RollUpState, Standing
from forms.reporting.rollups.querysets import RollUpQuerySet
from forms.submissions.models import SubmissionVersion
from forms.submissions.receipts.numbers import readable
from portal.units.models import Unit

Person = settings.AUTH_USER_MODEL


class RollUp(models.Model):
    """A document compiled from the accepted reports of one period.

    It holds the words themselves, not references to them: what a report says later changes nothing by itself, it is
    said beside the sentence (`Source.standing`).
    """

    period = models.ForeignKey(
        ReportingPeriod, on_delete=models.PROTECT, related_name="rollups", verbose_name=_("reporting period")
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Made by the page that asks, so that the same page sent twice compiles once."""
    title = models.CharField(_("title"), max_length=200)
    addressee = models.CharField(pgettext_lazy("document", "addressee"), max_length=200, blank=True)
    signature = models.CharField(pgettext_lazy("document", "signature"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RollUpState, default=RollUpState.DRAFT)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    """Counted up by every change of any part."""
    as_of = models.DateTimeField(_("as of"))
    """The instant at which the reports were read."""
    compiled_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("compiled by"))
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("changed by"))
    changed_at = models.DateTimeField(_("changed at"))
    finalised_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("finalised by")
    )
    finalised_at = models.DateTimeField(_("finalised at"), null=True, editable=False)
    number = models.CharField(pgettext_lazy("roll-up", "number"), max_length=20, null=True, unique=True, editable=False)  # noqa: DJ001
    content_hash = models.CharField(_("content hash"), max_length=64, blank=True, editable=False)
    based_on = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("begun from")
    )

    objects = RollUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("roll-up")
        verbose_name_plural = _("roll-ups")
        ordering = ["-as_of", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    @property
    def is_final(self) -> bool:
        """Whether it is frozen."""
        return self.state == RollUpState.FINAL


class Block(models.Model):
    """A heading, a paragraph, a figure or a table, in its place."""

    rollup = models.ForeignKey(RollUp, on_delete=models.CASCADE, related_name="blocks", verbose_name=_("roll-up"))
    position = models.PositiveIntegerField(pgettext_lazy("roll-up", "position"))
    kind = models.CharField(_("kind"), max_length=10, choices=BlockKind)
    part = models.CharField(pgettext_lazy("roll-up", "part"), max_length=20, choices=Part)
    text = models.CharField(_("text"), max_length=300, blank=True)
    """Of a heading its words, of a table its caption."""
    question = models.CharField(_("question"), max_length=140, blank=True)
    """Key of the question that a paragraph answers; "table.column" for a table's column."""
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("reporting unit")
    )
    """Whose words a paragraph holds."""
    facts = models.JSONField(pgettext_lazy("roll-up", "facts"), default=dict)
    """Of a table head and rows; of a figure how it is worked out (`figures.Definition`) and by which rule it was."""
    left_out = models.BooleanField(pgettext_lazy("roll-up", "left out"), default=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    change = models.CharField(_("last change"), max_length=10, choices=Change, default=Change.COMPILED)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("changed by"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = pgettext_lazy("roll-up", "block")
        verbose_name_plural = pgettext_lazy("roll-up", "blocks")
        ordering = ["position", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["rollup", "position"], name="rollup_blocks")]

    def __str__(self) -> str:
        return self.text or f"{self.get_kind_display()} {self.position}"


class Sentence(models.Model):
    """A sentence as it reads, and as it was.

    Nothing that was compiled is ever deleted by editing: it is left out, put together with another, or replaced by
    what a newer version says, and can be taken in again.
    """

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="sentences", verbose_name=_("paragraph"))
    position = models.PositiveIntegerField(pgettext_lazy("roll-up", "position"))
    origin = models.CharField(pgettext_lazy("roll-up", "origin"), max_length=10, choices=Origin)
    name = models.CharField(pgettext_lazy("roll-up", "name"), max_length=20, blank=True)
    """Of one that is worked out: which of its block's."""
    text = models.TextField(_("text"))
    original = models.TextField(pgettext_lazy("roll-up", "as compiled"), blank=True)
    facts = models.JSONField(pgettext_lazy("roll-up", "facts"), default=dict)
    """Of one that is worked out: the numbers and names it says."""
    left_out = models.BooleanField(pgettext_lazy("roll-up", "left out"), default=False)
    replaced_at = models.DateTimeField(pgettext_lazy("roll-up", "replaced at"), null=True)
    """When what a newer version says took its place; it is left out since."""
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="merged", verbose_name=_("put together with")
    )

    class Meta:
        verbose_name = pgettext_lazy("roll-up", "sentence")
        verbose_name_plural = pgettext_lazy("roll-up", "sentences")
        ordering = ["position", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_reworded(self) -> bool:
        """Whether it does not read as it was compiled any more."""
        return bool(self.original) and self.text != self.original


class Source(models.Model):
    """A place in a sent version that a sentence comes from.

    The number of the version is kept even after the report has gone into the bin: the link has no constraint and the
    bin leaves it alone (DO_NOTHING). What the annex says of the source stands in the row itself.
    """

    sentence = models.ForeignKey(
        Sentence, on_delete=models.CASCADE, related_name="sources", verbose_name=pgettext_lazy("roll-up", "sentence")
    )
    report = models.BigIntegerField(_("number of the report"), db_index=True)
    version = models.ForeignKey(
        SubmissionVersion,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        verbose_name=_("sent version"),
    )
    number = models.PositiveIntegerField(_("number of the version"))
    receipt_number = models.CharField(_("receipt number"), max_length=16)
    sent_at = models.DateTimeField(_("sent at"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("reporting unit"))
    question = models.CharField(_("question"), max_length=140, blank=True)
    """Empty where the report as a whole is the source."""
    label = models.CharField(_("label of the question"), max_length=300, blank=True)
    row = models.PositiveIntegerField(_("row"), null=True)
    """Of a table, from 1."""
    text = models.TextField(pgettext_lazy("roll-up", "as reported"), blank=True)
    """The words with their spaces; of a figure what the report contributes."""
    standing = models.CharField(
        pgettext_lazy("roll-up", "standing"), max_length=10, choices=Standing, default=Standing.STANDS
    )
    moved_at = models.DateTimeField(pgettext_lazy("roll-up", "moved at"), null=True)
    moved_why = models.TextField(_("reason"), blank=True)
    kept_because = models.CharField(pgettext_lazy("roll-up", "kept because"), max_length=300, blank=True)
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("roll-up", "source")
        verbose_name_plural = pgettext_lazy("roll-up", "sources")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.unit} · {self.number}"

    @property
    def receipt(self) -> str:
        """The receipt's number as it is shown."""
        return readable(self.receipt_number)

    def found(self) -> dict[str, Any]:
        """What of the row says where it comes from, to build the same source again."""
        names = ("report", "version_id", "number", "receipt_number", "sent_at", "unit_id", "question", "label", "row")
        return {name: getattr(self, name) for name in names}


class RollUpFile(models.Model):
    """The document as a file, as it read at one revision; of a final one it is kept."""

    rollup = models.ForeignKey(RollUp, on_delete=models.CASCADE, related_name="files", verbose_name=_("roll-up"))
    kind = models.CharField(_("kind"), max_length=4, choices=FileKind)
    revision = models.PositiveIntegerField(_("revision"))
    state = models.CharField(_("state"), max_length=10, choices=FileState, default=FileState.QUEUED)
    file = models.CharField(_("file"), max_length=200, blank=True, editable=False)
    """Its name in the private storage."""
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked for by"))
    not_before = models.DateTimeField(editable=False)
    """When another task is queued for it, unless it is ready by then."""

    class Meta:
        verbose_name = pgettext_lazy("roll-up", "file")
        verbose_name_plural = pgettext_lazy("roll-up", "files")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["rollup", "kind", "revision"], name="rollup_file_once")]

    def __str__(self) -> str:
        return f"{self.rollup} · {self.kind}"
