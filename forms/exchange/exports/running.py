"""Writing an export: claim, write, put in place, finish. Each step stands for itself.

| the worker dies                    | the export is                       | and then                                  |
|------------------------------------|-------------------------------------|-------------------------------------------|
| before it claims                   | waiting                             | queued again after some minutes           |
| while writing                      | being written, until its lease ends | another claims it and begins anew         |
| after putting the file in place    | the same                            | the same; the file is swept away          |
| after finishing                    | ready                               | nothing more                              |

Finishing is one transaction, and only for whoever holds the claim: the file's name, its right, the record in the log
and the notice to the person are there together or not at all. A worker that was only slow finds its claim gone and
throws its file away.
"""

import datetime
import logging
import time
import uuid
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from forms.exchange.exports.describing import description
from forms.exchange.exports.enums import ExportFormat, ExportState, Values
from forms.exchange.exports.files import begun, measured, put_in_place, remove, sweep
from forms.exchange.exports.layout import layout_of
from forms.exchange.exports.models import Export
from forms.exchange.exports.notices import tell
from forms.exchange.exports.rows import RowReader
from forms.exchange.exports.rules import Reach, needed
from forms.exchange.exports.selecting import contents_open_to, reach_of
from forms.exchange.exports.services import GRACE, details_of, target_of
from forms.exchange.exports.writers import FINISH, writer_of
from portal.accounts.models import User
from portal.audit.enums import AuditAction
from portal.audit.services import record

logger = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=3)
"""A worker says how far it is every half second; after this without a word it is taken for dead."""
TOLD_EVERY = 0.5
"""Seconds. Each time is a transaction, and for short chunks took longer than writing them."""
MOST_ATTEMPTS = 5
MOST_QUEUED_AT_ONCE = 50
ORPHANS_AFTER = datetime.timedelta(hours=6)
LONGEST_ERROR = 300
ENDED = ("state", "done", "error", "finished_at", "expires_at")
"""What is told of an export that has ended."""


class LostError(Exception):
    """The export was cancelled or deleted, or another worker has it."""


class NotOpenError(Exception):
    """The person may not read these reports any more."""


@dataclass(frozen=True)
class Written:
    """A file that is written and not in place yet."""

    path: Path
    extension: str
    size: int
    sha256: str
    rows: int
    notes: list[str]
    reach: Reach
    as_of: datetime.datetime


def run(pk: uuid.UUID, *, now: datetime.datetime | None = None) -> ExportState | None:
    """Write an export; None where there is nothing to do (any more). A failure is written down, nothing is raised."""
    export = _claim(pk, now or timezone.now())
    if export is None or export.claim is None:
        return None
    path = begun(export.pk, export.claim)
    try:
        with translation.override(export.language):
            written = _write(export, path)
        name = _move(written)
    except LostError:
        path.unlink(missing_ok=True)
        return None
    except NotOpenError as error:
        path.unlink(missing_ok=True)
        return _fail(export, str(error), for_good=True)
    except Exception:
        logger.exception("Export %s failed", pk)
        path.unlink(missing_ok=True)
        with translation.override(export.language):
            return _fail(export, _("The file could not be written. Please tell the administrator if it fails again."))
    if not _finish(export, written, name):
        remove(name)
        return None
    return ExportState.DONE


def look_after(now: datetime.datetime | None = None) -> int:
    """Queue what waits without a task, end what has been kept for long enough, and clear up; gives how many queued."""
    from forms.exchange.exports.tasks import write

    now = now or timezone.now()
    with transaction.atomic():
        rows = Export.objects.to_be_queued(now).order_by("not_before", "pk").select_for_update()
        numbers = list(rows.values_list("pk", flat=True)[:MOST_QUEUED_AT_ONCE])
        for pk in numbers:
            write.enqueue(str(pk))
        Export.objects.filter(pk__in=numbers).update(not_before=now + GRACE)
    for export in Export.objects.out_of_date(now)[:MOST_QUEUED_AT_ONCE]:
        _expire(export)
    sweep(set(Export.objects.exclude(file="").values_list("file", flat=True)), older_than=ORPHANS_AFTER)
    return len(numbers)


def _claim(pk: uuid.UUID, now: datetime.datetime) -> Export | None:
    """Take the export: of two who try, one gets it."""
    claim = uuid.uuid4()
    taken = (
        Export.objects.to_be_taken(now)
        .filter(pk=pk)
        .update(
            state=ExportState.RUNNING,
            claim=claim,
            lease_until=now + LEASE,
            not_before=now + LEASE,
            attempts=F("attempts") + 1,
            done=0,
            error="",
        )
    )
    if not taken:
        return None
    rows = Export.objects.select_related("owner", "requirement__owner", "requirement__form")
    export = rows.filter(pk=pk, claim=claim).first()
    if export is not None and export.attempts > MOST_ATTEMPTS:
        with translation.override(export.language):
            _fail(export, _("It was begun several times and never came to an end."), for_good=True)
        return None
    return export


def _write(export: Export, path: Path) -> Written:
    """The file; raises LostError as soon as somebody has cancelled."""
    as_of, chosen = timezone.now(), export.chosen
    user = User.objects.get(pk=export.owner_id)
    reach = reach_of(user, export.requirement)
    if chosen.content not in contents_open_to(reach):
        raise NotOpenError(_("You may not read these reports."))
    finish, values = FINISH[ExportFormat(export.format)], Values(export.values)
    reader = RowReader(user, export.requirement, chosen, values, finish)
    layout = layout_of(reader.form_versions(), values, sensitive=export.sensitive, finish=finish)
    _progress(export, 0, len(reader))
    writer = writer_of(ExportFormat(export.format), path, layout)
    rows, told = 0, time.monotonic()
    try:
        for chunk in reader:
            writer.write(chunk)
            rows += len(chunk)
            if time.monotonic() - told >= TOLD_EVERY:
                _progress(export, rows, len(reader))
                told = time.monotonic()
        notes = writer.close(description(export, layout, as_of=as_of, rows=rows))
    except BaseException:
        writer.give_up()
        raise
    size, digest = measured(path)
    return Written(path, writer.extension(layout), size, digest, rows, notes, needed(chosen.content, reach), as_of)


def _progress(export: Export, done: int, total: int) -> None:
    mine = Export.objects.filter(pk=export.pk, claim=export.claim, state=ExportState.RUNNING)
    until = timezone.now() + LEASE
    if not mine.update(done=done, total=total, lease_until=until, not_before=until):
        raise LostError


def _move(written: Written) -> str:
    return put_in_place(written.path, written.extension)


@transaction.atomic
def _finish(export: Export, written: Written, name: str) -> bool:
    """Say that it is ready; False where somebody else has it, or nobody wants it any more."""
    now = timezone.now()
    mine = Export.objects.filter(pk=export.pk, claim=export.claim, state=ExportState.RUNNING)
    finished = mine.update(
        state=ExportState.DONE,
        done=written.rows,
        total=written.rows,
        notes=written.notes,
        reach=written.reach.to_json(),
        file=name,
        size=written.size,
        sha256=written.sha256,
        as_of=written.as_of,
        finished_at=now,
        expires_at=now + datetime.timedelta(days=settings.PORTAL_EXPORT_DAYS),
        claim=None,
        lease_until=None,
    )
    if not finished:
        return False
    details = details_of(export) | {"rows": written.rows, "sha256": written.sha256}
    record(
        action=AuditAction.EXPORT,
        user=export.owner,
        target=target_of(export),
        summary="export.finished",
        details=details,
    )
    export.refresh_from_db(fields=ENDED)
    tell(export)
    return True


@transaction.atomic
def _fail(export: Export, error: str, *, for_good: bool = False) -> ExportState:
    """Note the failure; unless it is for good, another attempt follows after a pause."""
    over = for_good or export.attempts >= MOST_ATTEMPTS
    state = ExportState.FAILED if over else ExportState.QUEUED
    mine = Export.objects.filter(pk=export.pk, claim=export.claim, state=ExportState.RUNNING)
    now = timezone.now()
    noted = mine.update(
        state=state,
        error=error[:LONGEST_ERROR],
        claim=None,
        lease_until=None,
        not_before=now + GRACE,
        finished_at=now if over else None,
    )
    if noted and over:
        export.refresh_from_db(fields=ENDED)
        tell(export)
    return state


@transaction.atomic
def _expire(export: Export) -> None:
    ended = Export.objects.filter(pk=export.pk, state=ExportState.DONE)
    if ended.update(state=ExportState.EXPIRED, file=""):
        transaction.on_commit(partial(remove, export.file))
