"""The document as Word and PDF: made at once where that is quick, by a worker where it is not; kept once final.

Making a page of print takes about eight milliseconds a paragraph, so a long PDF is not made while somebody waits. A
file is that of one revision: whoever asks after a change gets a new one.
"""

import datetime
import hashlib
import logging
from functools import partial
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from forms.reporting.rollups.document import official
from forms.reporting.rollups.enums import FileKind, FileState
from forms.reporting.rollups.models import RollUp, RollUpFile
from portal.audit.enums import AuditAction
from portal.audit.services import record
from portal.files.official import docx, pdf

if TYPE_CHECKING:
    from portal.accounts.models import User

logger = logging.getLogger(__name__)

QUICK = 60
"""Paragraphs, tables and sources of a document whose PDF is made while one waits."""
GRACE = datetime.timedelta(minutes=3)
MOST_ATTEMPTS = 3
MAKERS = {FileKind.DOCX: docx, FileKind.PDF: pdf}


def is_quick(rollup: RollUp, kind: FileKind) -> bool:
    """Whether it is made within a second."""
    if kind == FileKind.DOCX:
        return True
    document = official(rollup)
    return len(document.blocks) + len(document.sources) <= QUICK


def file_of(rollup: RollUp, kind: FileKind) -> RollUpFile | None:
    """The file of the document as it reads now, if somebody has asked for it."""
    return rollup.files.filter(kind=kind, revision=rollup.revision).first()


def ask(*, user: "User", rollup: RollUp, kind: FileKind) -> RollUpFile:
    """The file as the document reads now; made here where that is quick, else queued.

    A draft's is made anew each time: what its sources have done since stands in the annex.
    """
    quick = is_quick(rollup, kind)
    made = _asked(user, rollup, kind, quick)
    if made.state == FileState.QUEUED and quick:
        run(made.pk)
        made.refresh_from_db()
    return made


@transaction.atomic
def _asked(user: "User", rollup: RollUp, kind: FileKind, quick: bool) -> RollUpFile:
    from forms.reporting.rollups.tasks import write

    now = timezone.now()
    made, is_new = RollUpFile.objects.get_or_create(
        rollup=rollup, kind=kind, revision=rollup.revision, defaults={"asked_by": user, "not_before": now + GRACE}
    )
    if made.state == FileState.FAILED or (made.state == FileState.READY and not rollup.is_final):
        if made.file:
            transaction.on_commit(partial(storages["private"].delete, made.file))
        made.state, made.attempts, made.file, made.not_before = FileState.QUEUED, 0, "", now + GRACE
        made.save(update_fields=["state", "attempts", "file", "not_before"])
        is_new = True
    if is_new and not quick:
        write.enqueue(made.pk)
    return made


def run(pk: int) -> FileState | None:
    """Make the file; nothing where it is there already, or the document has changed since (it is asked for anew)."""
    RollUpFile.objects.filter(pk=pk).update(attempts=F("attempts") + 1)
    made = RollUpFile.objects.select_related("rollup__period__requirement__owner").filter(pk=pk).first()
    if made is None or made.state != FileState.QUEUED:
        return None
    if made.rollup.revision != made.revision:
        made.delete()
        return None
    try:
        with translation.override("zh-hans"):
            content = MAKERS[FileKind(made.kind)](official(made.rollup))
    except Exception:
        logger.exception("The roll-up %s could not be made as %s", made.rollup_id, made.kind)
        if made.attempts >= MOST_ATTEMPTS:
            RollUpFile.objects.filter(pk=pk).update(state=FileState.FAILED)
            return FileState.FAILED
        return None
    name = storages["private"].save(f"rollups/{made.rollup_id}-{made.revision}.{made.kind}", ContentFile(content))
    mine = RollUpFile.objects.filter(pk=pk, state=FileState.QUEUED)
    finished = mine.update(
        state=FileState.READY, file=name, size=len(content), sha256=hashlib.sha256(content).hexdigest()
    )
    if not finished:  # another worker was faster
        storages["private"].delete(name)
    return FileState.READY


@transaction.atomic
def take(*, user: "User", made: RollUpFile) -> str:
    """Note in the log that the person takes the file; its name in the storage."""
    details = {"format": made.kind, "revision": made.revision, "sha256": made.sha256}
    record(action=AuditAction.DOWNLOAD, user=user, target=made.rollup, summary="rollup.taken", details=details)
    return made.file


def look_after(now: datetime.datetime | None = None) -> int:
    """Queue what a dead worker has left, and delete drafts' files that nobody will ask for again; gives how many."""
    from forms.reporting.rollups.tasks import write

    now = now or timezone.now()
    with transaction.atomic():
        waiting = RollUpFile.objects.filter(state=FileState.QUEUED, not_before__lt=now)
        numbers = list(waiting.select_for_update().values_list("pk", flat=True)[:20])
        RollUpFile.objects.filter(pk__in=numbers).update(not_before=now + GRACE)
        for pk in numbers:
            write.enqueue(pk)
    for old in RollUpFile.objects.filter(revision__lt=F("rollup__revision")).exclude(file="")[:50]:
        with transaction.atomic():
            transaction.on_commit(partial(storages["private"].delete, old.file))
            old.delete()
    return len(numbers)
