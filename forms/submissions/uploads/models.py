"""A file on its way, and the pieces of it that are there."""

import uuid
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from forms.submissions.models import Submission, SubmissionFile, private_storage
from forms.submissions.visibility import sees_drafts
from portal.units.access import access_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def piece_place(instance: "UploadPiece", filename: str) -> str:
    """Where a piece lies: under the number of its upload and a number of its own."""
    return f"uploads/{instance.upload_id.hex[:2]}/{instance.upload_id.hex}/{uuid.uuid4().hex}"


class UploadQuerySet(models.QuerySet["Upload"]):
    """Files on their way."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own, to reports that one may still see the drafts of."""
        return self.filter(sees_drafts(access_for(user), "submission__"), user_id=user.pk)


class Upload(models.Model):
    """A file of which some bytes have arrived. It is one person's, who alone may go on with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="+", verbose_name=_("report"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    question = models.CharField(_("question"), max_length=130)
    """Key of the file question, or "table.column"."""
    name = models.CharField(_("file name"), max_length=255)
    length = models.PositiveBigIntegerField(_("size in bytes"))
    offset = models.PositiveBigIntegerField(_("bytes that have arrived"), default=0)
    expires_at = models.DateTimeField(_("kept until"), db_index=True)
    kept = models.ForeignKey(
        SubmissionFile, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("file of a report")
    )
    """What it has become."""

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("file on its way")
        verbose_name_plural = _("files on their way")

    def __str__(self) -> str:
        return f"{self.name} {self.offset}/{self.length}"

    @property
    def is_complete(self) -> bool:
        """Whether all bytes are there."""
        return self.offset == self.length


class UploadPiece(models.Model):
    """Some bytes of it, stored as a file of their own: stores of objects cannot add to what they hold."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces", verbose_name=_("upload"))
    start = models.PositiveBigIntegerField(_("begins at byte"))
    file = models.FileField(_("file"), storage=private_storage, upload_to=piece_place, max_length=200)

    class Meta:
        verbose_name = _("piece of a file")
        verbose_name_plural = _("pieces of files")
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["upload", "start"], name="piece_once")]

    def __str__(self) -> str:
        return f"{self.upload_id} · {self.start}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete with the content, once that is certain."""
        transaction.on_commit(partial(self.file.storage.delete, self.file.name or ""))
        return super().delete(*args, **kwargs)
