"""Files of reports: taking them in, naming them in answers, removing what was never sent."""

import datetime
import hashlib
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forms.submissions.errors import FileRefusedError
from forms.submissions.models import Submission, SubmissionFile
from forms.submissions.pictures import add_copies
from forms.submissions.rules import file_ids
from forms.submissions.steps import lock
from portal.files.content import content_of
from portal.media.pictures import Copies, PictureError, copies_of

if TYPE_CHECKING:
    from portal.accounts.models import User

KEEP_UNSENT = datetime.timedelta(days=7)
"""How long a file that no draft refers to any more is kept before it is removed."""


def keep_file(*, user: "User", submission: Submission, upload: UploadedFile) -> SubmissionFile:
    """Store one file privately, a picture with its copies.

    FileRefusedError when it is larger than PORTAL_UPLOAD_MAX_BYTES, or a picture that cannot be read. Copies are made
    before the transaction begins: nobody else waits for them.
    """
    size = upload.size or 0
    if size > settings.PORTAL_UPLOAD_MAX_BYTES:
        raise FileRefusedError(
            _("“%(name)s” is larger than %(limit)s MB.")
            % {"name": upload.name, "limit": settings.PORTAL_UPLOAD_MAX_BYTES // (1024 * 1024)}
        )
    kept = SubmissionFile(
        submission=submission,
        name=clean_name(upload.name or ""),
        size=size,
        sha256=_digest(upload),
        content_type=content_of(upload).mime,
        uploaded_by=user,
    )
    copies = _copies(kept, upload) if kept.is_picture else None
    with transaction.atomic():
        kept.file.save(kept.name, upload, save=False)
        if copies is not None:
            add_copies(kept, copies)
        kept.save(force_insert=True)
    return kept


def _copies(kept: SubmissionFile, upload: UploadedFile) -> Copies:
    try:
        return copies_of(upload, timezone.get_default_timezone())
    except PictureError as error:
        raise FileRefusedError(
            _("“%(name)s” cannot be read as a picture. Please take it again, or open it and save it again.")
            % {"name": kept.name}
        ) from error


def reference(kept: SubmissionFile) -> dict[str, Any]:
    """How answers name a file."""
    return {"file": str(kept.pk), "name": kept.name, "size": kept.size}


def clean_name(name: str) -> str:
    """The file's own name without folders and control characters, at most 255 characters, its extension kept."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(c for c in unicodedata.normalize("NFC", bare) if unicodedata.category(c)[0] != "C").strip()
    if len(shown) <= 255:
        return shown or _("file")
    suffix = PurePosixPath(shown).suffix[:20]
    return shown[: 255 - len(suffix)] + suffix


def remove_unsent(now: datetime.datetime | None = None) -> int:
    """Remove files that were never sent and that no draft refers to any more; gives how many."""
    before = (now or timezone.now()) - KEEP_UNSENT
    unsent = SubmissionFile.objects.unsent().filter(uploaded_at__lt=before).select_related("submission__expected")
    loose = [kept for kept in unsent if not _is_referred_to(kept)]
    return sum(_remove(kept) for kept in loose)


@transaction.atomic
def _remove(kept: SubmissionFile) -> bool:
    """Remove one, unless it has been sent or taken up again meanwhile."""
    lock(kept.submission.expected)
    kept.submission.refresh_from_db(fields=["answers"])
    if _is_referred_to(kept) or kept.versions.exists():
        return False
    kept.delete()
    return True


def _is_referred_to(kept: SubmissionFile) -> bool:
    """Whether the draft names the file, or what the draft was before it was moved to another version of its form."""
    earlier = kept.submission.events.filter(answers__isnull=False).values_list("answers", flat=True)
    return any(kept.pk in set(file_ids(answers)) for answers in (kept.submission.answers, *earlier))


def _digest(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
