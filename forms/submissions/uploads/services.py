"""Beginning, going on, finishing and giving up the upload of a file."""

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.builder.fields import type_of
from forms.builder.fields.file import FileType
from forms.builder.file_types import check_announced, check_file
from forms.builder.schema import FormSchema
from forms.collection.models import ExpectedReport
from forms.submissions.enums import Step
from forms.submissions.errors import FileRefusedError
from forms.submissions.files import clean_name, keep_file
from forms.submissions.models import SubmissionFile
from forms.submissions.services import begin
from forms.submissions.steps import next_row, require_form
from forms.submissions.uploads.models import Upload, UploadPiece

if TYPE_CHECKING:
    from portal.accounts.models import User

KEPT_FOR = datetime.timedelta(hours=24)
"""How long the bytes of an upload are kept with which nobody goes on."""

MOST_AT_ONCE = 60
"""Unfinished uploads of one person: more than any page of a form takes files at once."""


class OffsetError(Exception):
    """The bytes do not begin where those end that are there."""


@transaction.atomic
def begin_upload(
    *, user: "User", expected: ExpectedReport, question: str, name: str, length: int, now: datetime.datetime
) -> Upload:
    """Make room for a file that is announced; what would be refused in any case is refused before it travels.

    FileRefusedError for what is no question for files, for a size or a kind of name that is not taken; any other
    ReportRefusedError where the report takes nothing.
    """
    report = begin(user=user, expected=expected, now=now)
    next_row(user, report.expected, report.report_state, Step.SAVE)
    require_form(report.expected, now)
    name = clean_name(name)
    try:
        check_announced(name, length, group_of(report.form_version.form_schema, question), limit())
    except ValidationError as error:
        raise FileRefusedError(" ".join(error.messages)) from error
    if Upload.objects.filter(user=user, kept__isnull=True, expires_at__gt=now).count() >= MOST_AT_ONCE:
        raise FileRefusedError(_("Too many files are on their way at once. Please wait until some have arrived."))
    return Upload.objects.create(
        submission=report, user=user, question=question, name=name, length=length, expires_at=now + KEPT_FOR
    )


@transaction.atomic
def go_on(*, upload: Upload, offset: int, content: bytes, now: datetime.datetime) -> Upload:
    """Add bytes; OffsetError where they do not follow those that are there, so that nothing is written twice."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.offset != offset or offset + len(content) > upload.length:
        raise OffsetError
    if content:
        piece = UploadPiece(upload=upload, start=offset)
        piece.file.save("", ContentFile(content), save=False)
        piece.save()
    upload.offset += len(content)
    upload.expires_at = now + KEPT_FOR
    upload.save(update_fields=["offset", "expires_at"])
    return upload


def finish(*, upload: Upload) -> SubmissionFile:
    """Let a complete upload become a file of its report, looked into like any other; a second time gives the same.

    Raises FileRefusedError; then nothing of the upload is left. The file is looked into outside of any transaction:
    nobody waits for it.
    """
    if upload.kept is not None:
        return upload.kept
    whole = assembled(upload)
    try:
        check_file(whole, group_of(upload.submission.form_version.form_schema, upload.question), limit())
        kept = keep_file(user=upload.user, submission=upload.submission, upload=whole)
    except (ValidationError, FileRefusedError) as error:
        give_up(upload=upload)
        raise FileRefusedError(" ".join(getattr(error, "messages", [str(error)]))) from error
    finally:
        whole.close()
    with transaction.atomic():
        found = Upload.objects.select_for_update().get(pk=upload.pk)
        if found.kept is not None:  # another request was as fast
            kept.delete()
            return found.kept
        remove_pieces(found)
        found.kept = kept
        found.save(update_fields=["kept"])
    return kept


@transaction.atomic
def give_up(*, upload: Upload) -> None:
    """Remove an upload with all its bytes; a file that it has become stays with the report."""
    remove_pieces(upload)
    upload.delete()


def remove_pieces(upload: Upload) -> None:
    """Remove the bytes."""
    for piece in upload.pieces.all():
        piece.delete()


def remove_expired(now: datetime.datetime | None = None) -> int:
    """Remove what nobody went on with; gives how many."""
    expired = list(Upload.objects.filter(expires_at__lt=now or timezone.now()))
    for upload in expired:
        give_up(upload=upload)
    return len(expired)


def assembled(upload: Upload) -> TemporaryUploadedFile:
    """All pieces as one file; its caller closes it, then it is gone."""
    whole = TemporaryUploadedFile(upload.name, "application/octet-stream", upload.length, None)
    for piece in upload.pieces.all():
        with piece.file.open("rb") as content:
            for chunk in content.chunks():
                whole.write(chunk)
    whole.seek(0)
    return whole


def group_of(schema: FormSchema, question: str) -> str:
    """Which files the question takes; FileRefusedError where it takes none."""
    key, _dot, column = question.partition(".")
    one = schema.field(key)
    if one is not None and column:
        one = next((found for found in one.columns if found.key == column), None)
    kind = type_of(one) if one is not None else None
    if one is None or not isinstance(kind, FileType):
        raise FileRefusedError(_("This question takes no files any more. Please load the page anew."))
    return kind.group_of(one)


def limit() -> int:
    """The greatest size of a file."""
    most: int = settings.PORTAL_UPLOAD_MAX_BYTES
    return most
