"""Copies of the pictures in reports: kept beside each, made at once for those that came before there were any."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from forms.builder.places import is_place, place_in_words
from forms.submissions.models import SubmissionFile
from portal.media.pictures import Copies, PictureError, copies_of


def add_copies(kept: SubmissionFile, copies: Copies) -> None:
    """Store the copies; the row is saved by the caller."""
    kept.shown.save("", ContentFile(copies.shown), save=False)
    kept.thumbnail.save("", ContentFile(copies.thumbnail), save=False)
    kept.camera = copies.facts


def ensure_copies(*, kept: SubmissionFile) -> SubmissionFile | None:
    """The picture with its copies, made now if there are none; None for one that cannot be read.

    FileNotFoundError where its content is lost.
    """
    if kept.shown and kept.thumbnail:
        return kept
    with kept.file.open("rb") as original:
        try:
            copies = copies_of(original, timezone.get_default_timezone())
        except PictureError:
            return None
    with transaction.atomic():
        kept = SubmissionFile.objects.select_for_update().get(pk=kept.pk)
        if not kept.shown:
            add_copies(kept, copies)
            kept.save(update_fields=["shown", "thumbnail", "camera"])
    return kept


def originals(files: Iterable[SubmissionFile]) -> dict[str, str]:
    """The pictures among files, by number, with what their cameras wrote down; for those who may have the originals."""
    return {str(kept.pk): camera_in_words(kept.camera) for kept in files if kept.is_picture}


def camera_in_words(camera: Mapping[str, Any]) -> str:
    """When and where a photo was taken, one a line: as its camera said, which nobody has checked."""
    taken = parse_datetime(camera.get("taken_at") or "")
    parts = []
    if taken is not None:
        when = date_format(timezone.localtime(taken), "DATETIME_FORMAT")
        parts.append(_("Taken %(when)s") % {"when": when})
    if is_place(camera):
        parts.append(place_in_words(dict(camera)))
    return "\n".join(parts)
