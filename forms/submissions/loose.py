"""Files in the private storage that nothing names: whoever stored or deleted them was killed in the middle of it.

A file is stored before its row is, and deleted after its row is gone; so a process that dies in between leaves a file
too many, never one too few.
"""

import datetime
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from uuid import UUID

from django.utils import timezone

from forms.submissions.models import SubmissionFile, private_storage

KEEP = datetime.timedelta(days=7)
"""How long a file that nothing names is left alone: no step takes nearly as long."""

REPORTS, UPLOADS = "reports", "uploads"
"""Folders; `models.file_place` and `uploads.models.piece_place` say what lies in them."""


def remove_loose_files(now: datetime.datetime | None = None) -> int:
    """Delete what no report, no upload and nothing in the bin has named for a week; gives how many."""
    storage, before = private_storage(), (now or timezone.now()) - KEEP
    binned = _binned()
    named_by_nobody = (name for name in (*_loose_of_reports(), *_loose_pieces()) if name not in binned)
    loose = [name for name in named_by_nobody if storage.get_modified_time(name) < before]
    for name in loose:
        storage.delete(name)
    return len(loose)


def _loose_of_reports() -> Iterator[str]:
    """A folder at a time, by the numbers that the names begin with."""
    for folder in _folders(REPORTS):
        names = {f"{folder}/{name}" for name in private_storage().listdir(folder)[1]}
        rows = SubmissionFile.objects.filter(pk__in=_numbers(names)).values_list("file", "shown", "thumbnail")
        yield from sorted(names.difference(*rows))


def _loose_pieces() -> Iterator[str]:
    from forms.submissions.uploads.models import UploadPiece

    for folder in _folders(UPLOADS):
        own = [f"{folder}/{name}" for name in private_storage().listdir(folder)[0]]
        names = {f"{upload}/{name}" for upload in own for name in private_storage().listdir(upload)[1]}
        rows = UploadPiece.objects.filter(upload__in=_numbers(own)).values_list("file", flat=True)
        yield from sorted(names.difference(rows))


def _folders(root: str) -> list[str]:
    try:
        return [f"{root}/{name}" for name in sorted(private_storage().listdir(root)[0])]
    except FileNotFoundError:
        return []


def _numbers(names: Iterable[str]) -> set[UUID]:
    """The numbers at the beginning of the last part of names; of others none."""
    found = set()
    for name in names:
        try:
            found.add(UUID(hex=PurePosixPath(name).name[:32]))
        except ValueError:
            continue
    return found


def _binned() -> set[str]:
    from forms.submissions.bin.models import Binned

    return {name for files in Binned.objects.values_list("files", flat=True) for _model, _field, name in files}
