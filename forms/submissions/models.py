"""Reports (报送), every sending of them, their history and files."""

import datetime
import uuid
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from forms.builder.answers import DisplayRow
from forms.builder.models import FormVersion
from forms.builder.rendering import display
from forms.collection.enums import ReportState
from forms.collection.models import ExpectedReport
from forms.submissions.enums import Step
from forms.submissions.kept import Kept, KeptError
from forms.submissions.querysets import (
    SubmissionEventQuerySet,
    SubmissionFileQuerySet,
    SubmissionQuerySet,
    SubmissionVersionQuerySet,
)
from forms.submissions.receipts.hashes import in_groups
from forms.submissions.receipts.numbers import readable
from portal.media.pictures import MIMES

Person = settings.AUTH_USER_MODEL


def private_storage() -> Storage:
    """Storage without addresses."""
    return storages["private"]


def file_place(instance: "SubmissionFile", filename: str) -> str:
    """Where a file lies: under its own number. The name it came with is data, never a path."""
    return f"reports/{instance.pk.hex[:2]}/{instance.pk.hex}"


def shown_place(instance: "SubmissionFile", filename: str) -> str:
    """Where the copy of a picture lies that is shown: beside it."""
    return f"{file_place(instance, filename)}.shown.jpg"


def thumbnail_place(instance: "SubmissionFile", filename: str) -> str:
    """Where the small copy lies."""
    return f"{file_place(instance, filename)}.thumbnail.jpg"


class Submission(models.Model):
    """A unit's report on what is expected of it: the working copy, and where it stands. One per expected report."""

    expected = models.OneToOneField(
        ExpectedReport,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="submission",
        verbose_name=_("expected report"),
    )
    form_version = models.ForeignKey(
        FormVersion, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("form version")
    )
    state = models.CharField(_("state"), max_length=20, choices=ReportState, default=ReportState.DRAFT)
    answers = models.JSONField(_("answers"), default=dict)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    reason = models.TextField(_("reason for returning"), blank=True)
    nil_note = models.CharField(_("nothing to report"), max_length=500, blank=True)
    """What the unit says where it has nothing to report; empty for a report that is filled in."""
    pending_key = models.UUIDField(_("key of what waits to be signed off"), null=True, editable=False)
    prepared_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("prepared by")
    )
    first_sent_at = models.DateTimeField(_("first sent at"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, db_index=True, editable=False)
    accepted_version = models.ForeignKey(
        "SubmissionVersion", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    updated_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("last changed by")
    )
    updated_at = models.DateTimeField(_("last changed at"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    seconds_spent = models.PositiveIntegerField(_("time spent, in seconds"), default=0, editable=False)
    """How long people have worked in the form, all pages and all of them together."""

    objects = SubmissionQuerySet.as_manager()

    noted_at: datetime.datetime | None = None
    """When the last event of the running step was noted; nothing of it is stored here."""

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-sent_at", "-expected_id"]
        indexes = [models.Index(fields=["state", "-sent_at"], name="report_queue")]

    def __str__(self) -> str:
        return str(self.expected)

    @property
    def report_state(self) -> ReportState:
        """The state as a member of its vocabulary."""
        return ReportState(self.state)

    @property
    def is_late(self) -> bool:
        """Whether its first sending came after it was due."""
        return self.first_sent_at is not None and self.expected.window.is_late(self.first_sent_at)


class SubmissionVersion(Kept):
    """What was sent, as it was sent."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="versions", verbose_name=_("report")
    )
    number = models.PositiveIntegerField(_("number"))
    answers = models.JSONField(_("answers"))
    form_version = models.ForeignKey(
        FormVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("form version")
    )
    key = models.UUIDField(_("submission key"), unique=True)
    nil_note = models.CharField(_("nothing to report"), max_length=500, blank=True)
    receipt_number = models.CharField(_("receipt number"), max_length=16, unique=True)
    content_hash = models.CharField(_("content hash"), max_length=64)
    late = models.BooleanField(_("late"), default=False)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("sent by"))
    prepared_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("prepared by")
    )
    """Who filled it in, where another signed it off."""
    sent_at = models.DateTimeField(_("sent at"))

    objects = SubmissionVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sent version")
        verbose_name_plural = _("sent versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.submission} · {self.number}"

    @property
    def receipt(self) -> str:
        """The receipt's number as it is shown."""
        return readable(self.receipt_number)

    @property
    def hash_in_groups(self) -> str:
        """The content hash as it is printed."""
        return in_groups(self.content_hash)


class SubmissionEvent(Kept):
    """Who did what when, and why."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="events", verbose_name=_("report")
    )
    step = models.CharField(_("step"), max_length=20, choices=Step)
    user = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    for_whom = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("standing in for")
    )
    """Whose role the person held at that moment, where that one was absent."""
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True)
    version = models.ForeignKey(
        SubmissionVersion, on_delete=models.PROTECT, null=True, related_name="events", verbose_name=_("sent version")
    )
    form_version = models.ForeignKey(
        FormVersion, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("form version")
    )
    answers = models.JSONField(_("answers"), null=True)
    """Of a draft moved to another version of its form: what it was before, filled in with `form_version`."""

    objects = SubmissionEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("history")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_step_display()} · {self.user}"

    @property
    def rows_before(self) -> list[DisplayRow]:
        """Of a draft moved to another version of its form: what was answered before, in words."""
        if self.form_version is None:
            return []
        return [row for row in display(self.form_version.form_schema, self.answers or {}) if not row.is_empty]


class SubmissionFile(models.Model):
    """A file that came with a report. Once sent it stays.

    A picture has copies without what its camera wrote down; whoever may see it sees those (`pictures`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files", verbose_name=_("report"))
    file = models.FileField(_("file"), storage=private_storage, upload_to=file_place, max_length=200)
    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    content_type = models.CharField(_("kind of file"), max_length=100)
    shown = models.FileField(
        _("picture shown"), storage=private_storage, upload_to=shown_place, max_length=200, blank=True
    )
    thumbnail = models.FileField(
        _("thumbnail"), storage=private_storage, upload_to=thumbnail_place, max_length=200, blank=True
    )
    camera = models.JSONField(_("what the camera wrote down"), default=dict, blank=True)
    """Of a picture: taken_at (ISO 8601), lat, lng (WGS-84), as far as known."""
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by"))
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    versions = models.ManyToManyField(SubmissionVersion, related_name="files", verbose_name=_("sent versions"))

    objects = SubmissionFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture, by its content."""
        return self.content_type in MIMES

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a file that was never sent, with its content; refuse any other."""
        if self.versions.exists():
            raise KeptError
        stored = [one for one in (self.file, self.shown, self.thumbnail) if one]
        for one in stored:
            transaction.on_commit(partial(one.storage.delete, one.name or ""))
        return super().delete(*args, **kwargs)


# Django finds the models of a room's parts here.
from forms.submissions.petitions.models import Petition  # noqa: E402
from forms.submissions.trial.models import TrialReport  # noqa: E402

__all__ = ["Petition", "Submission", "SubmissionEvent", "SubmissionFile", "SubmissionVersion", "TrialReport"]
