"""Whether a copy is of what was filed: what the verifying page says, and what the stored version itself says."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.crypto import constant_time_compare

from forms.submissions.models import SubmissionFile, SubmissionVersion
from forms.submissions.rules import content_hash

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class Verdict:
    """What may be said of a copy to whoever holds it: never an answer."""

    version: SubmissionVersion
    """Without its answers."""
    hash_agrees: bool
    has_newer: bool
    is_accepted: bool
    may_read: bool
    """Whether the person may open the report itself."""


def verify(*, user: "User", number: str, hash_start: str) -> Verdict | None:
    """What is known of a receipt; None for a number that was never given out.

    One query either way, so that the time taken tells nothing.
    """
    newer = SubmissionVersion.objects.filter(submission=OuterRef("submission"), number__gt=OuterRef("number"))
    readable = SubmissionVersion.objects.visible_to(user).filter(pk=OuterRef("pk"))
    version = (
        SubmissionVersion.objects.filter(receipt_number=number)
        .select_related("submission__expected__unit", "submission__expected__period__requirement__owner")
        .defer("answers", "submission__answers")
        .annotate(has_newer=Exists(newer), may_read=Exists(readable))
        .first()
    )
    if version is None:
        return None
    return Verdict(
        version=version,
        hash_agrees=constant_time_compare(version.content_hash[: len(hash_start)], hash_start),
        has_newer=version.has_newer,
        is_accepted=version.submission.accepted_version_id == version.pk,
        may_read=version.may_read,
    )


@dataclass(frozen=True)
class Recount:
    """A stored version against the hash it was filed with."""

    stored: str
    computed: str
    broken_files: tuple[str, ...]
    """Numbers of files that are lost or no longer what they were."""

    @property
    def agrees(self) -> bool:
        """Whether answers and files are what they were when the report was sent."""
        return self.stored == self.computed and not self.broken_files


def recount(version: SubmissionVersion) -> Recount:
    """Compute the hash anew from what is stored, and that of every file that was sent along."""
    computed = content_hash(
        report_id=version.submission_id,
        schema_digest=version.form_version.digest,
        answers=version.answers,
        nil_note=version.nil_note,
    )
    broken = tuple(str(kept.pk) for kept in version.files.all() if not _is_whole(kept))
    return Recount(version.content_hash, computed, broken)


def _is_whole(kept: SubmissionFile) -> bool:
    try:
        with kept.file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == kept.sha256
    except FileNotFoundError:
        return False
