"""How an export goes: claimed, written, put in place, finished, kept, swept away."""

import datetime
import os
import uuid
from pathlib import Path

import pytest
from django.test import TestCase
from django.utils import timezone

from forms.collection.enums import ReportState
from forms.exchange.exports import running
from forms.exchange.exports.enums import ExportFormat, ExportState
from forms.exchange.exports.files import FOLDER, storage
from forms.exchange.exports.models import Export
from forms.exchange.exports.running import LEASE, MOST_ATTEMPTS, ORPHANS_AFTER, look_after, run
from forms.exchange.exports.services import MOST_AT_ONCE, ExportRefusedError, again, cancel, delete
from portal.audit.enums import AuditAction
from portal.audit.models import AuditEvent
from tests.factories.exports import FLAT, asked, collected, made
from tests.integration.queue import run_queued

pytestmark = pytest.mark.django_db


def files() -> set[str]:
    folder = Path(storage().path(FOLDER))
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def test_a_worker_writes_what_was_asked_for_and_the_log_tells_both() -> None:
    found, before = collected(ReportState.ACCEPTED, schema=FLAT), files()
    user = found.coordinator
    export = asked(user, found.requirement)
    assert export.state == ExportState.QUEUED
    run_queued()
    export.refresh_from_db()
    assert (export.state, export.done, export.total) == (ExportState.DONE, 1, 1)
    assert files() - before == {Path(export.file).name}
    assert export.size == storage().size(export.file)
    told = AuditEvent.objects.filter(action=AuditAction.EXPORT, user=user).order_by("pk")
    assert [(one.summary, one.details.get("rows")) for one in told] == [("", None), ("export.finished", 1)]
    assert told[0].details["filters"]["content"] == "accepted"


def test_the_same_page_sent_twice_asks_once_and_nobody_elses_page_is_used() -> None:
    found, key = collected(schema=FLAT), uuid.uuid4()
    user = found.coordinator
    first, second = (asked(user, found.requirement, key=key) for _ in range(2))
    assert first.pk == second.pk == key
    assert Export.objects.count() == 1
    with pytest.raises(ExportRefusedError):
        asked(found.coordinator, found.requirement, key=key)


def test_a_person_has_only_so_many_under_way() -> None:
    found = collected(schema=FLAT)
    user = found.coordinator
    for _ in range(MOST_AT_ONCE):
        asked(user, found.requirement)
    with pytest.raises(ExportRefusedError, match=str(MOST_AT_ONCE)):
        asked(user, found.requirement)


def test_one_that_is_finished_is_not_written_again() -> None:
    found = collected(schema=FLAT)
    export = made(found.coordinator, found.requirement)
    assert run(export.pk) is None
    assert Export.objects.get(pk=export.pk).file == export.file


def test_cancelled_before_a_worker_comes_it_is_never_written() -> None:
    found, before = collected(schema=FLAT), files()
    user = found.coordinator
    export = cancel(user=user, export=asked(user, found.requirement))
    assert export.state == ExportState.CANCELLED
    run_queued()
    assert Export.objects.get(pk=export.pk).state == ExportState.CANCELLED
    assert files() == before


@pytest.mark.parametrize("kind", ExportFormat)
def test_cancelled_while_it_is_written_it_stops_and_leaves_nothing(
    kind: ExportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, before = collected(ReportState.ACCEPTED), files()
    user = found.coordinator
    export = asked(user, found.requirement, kind)
    original = running.writer_of

    def cancelled(*args: object) -> object:
        cancel(user=user, export=export)
        return original(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "writer_of", cancelled)
    assert run(export.pk) is None
    assert Export.objects.get(pk=export.pk).state == ExportState.CANCELLED
    assert files() == before


def test_a_slow_worker_that_lost_its_claim_throws_its_file_away(monkeypatch: pytest.MonkeyPatch) -> None:
    found, before = collected(ReportState.ACCEPTED, schema=FLAT), files()
    export = asked(found.coordinator, found.requirement)
    original = running._move

    def slow(written: running.Written) -> str:
        monkeypatch.setattr(running, "_move", original)
        assert run(export.pk, now=timezone.now() + 2 * LEASE) == ExportState.DONE
        return original(written)

    monkeypatch.setattr(running, "_move", slow)
    assert run(export.pk) is None
    export.refresh_from_db()
    assert export.state == ExportState.DONE
    assert files() - before == {Path(export.file).name}
    assert AuditEvent.objects.filter(summary="export.finished").count() == 1


def test_a_failure_is_tried_again_and_then_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found = collected(schema=FLAT)
    export = asked(found.coordinator, found.requirement)
    monkeypatch.setattr(running, "_move", lambda written: (_ for _ in ()).throw(OSError("full")))
    states = [run(export.pk) for _ in range(MOST_ATTEMPTS)]
    assert states == [ExportState.QUEUED] * (MOST_ATTEMPTS - 1) + [ExportState.FAILED]
    export.refresh_from_db()
    assert "full" not in export.error
    assert export.error


def test_one_that_kills_every_worker_is_given_up() -> None:
    found = collected(schema=FLAT)
    export = asked(found.coordinator, found.requirement)
    Export.objects.filter(pk=export.pk).update(
        state=ExportState.RUNNING, attempts=MOST_ATTEMPTS, lease_until=timezone.now() - LEASE, claim=uuid.uuid4()
    )
    assert run(export.pk) is None
    assert Export.objects.get(pk=export.pk).state == ExportState.FAILED


def test_what_waits_too_long_is_queued_again_and_what_is_under_way_is_left_alone() -> None:
    found = collected(schema=FLAT)
    user, now = found.coordinator, timezone.now()
    waiting, running_one = asked(user, found.requirement), asked(user, found.requirement)
    until = now + 10 * LEASE
    Export.objects.filter(pk=running_one.pk).update(state=ExportState.RUNNING, lease_until=until, claim=uuid.uuid4())
    assert look_after(now) == 0
    assert look_after(now + LEASE) == 1
    assert look_after(now + LEASE) == 0
    run_queued()
    assert Export.objects.get(pk=waiting.pk).state == ExportState.DONE


def test_a_file_is_removed_after_some_days_and_orphans_are_swept() -> None:
    found = collected(schema=FLAT)
    export = made(found.coordinator, found.requirement)
    orphan = Path(storage().path(f"{FOLDER}/left-behind.part"))
    orphan.write_bytes(b"x")
    old = (timezone.now() - 2 * ORPHANS_AFTER).timestamp()
    os.utime(orphan, (old, old))
    with TestCase.captureOnCommitCallbacks(execute=True):
        look_after(timezone.now() + datetime.timedelta(days=8))
    export.refresh_from_db()
    assert (export.state, export.file) == (ExportState.EXPIRED, "")
    assert not files() & {"left-behind.part"}
    assert storage().exists(f"{FOLDER}/{export.pk.hex}") is False


def test_again_makes_a_new_one_and_deleting_removes_the_file() -> None:
    found, before = collected(schema=FLAT), files()
    user = found.coordinator
    export = made(user, found.requirement)
    newer = again(user=user, export=export)
    assert (newer.selection, newer.state) == (export.selection, ExportState.QUEUED)
    delete(user=found.coordinator, export=export)  # somebody else's hands change nothing
    assert Export.objects.filter(pk=export.pk).exists()
    with TestCase.captureOnCommitCallbacks(execute=True):
        delete(user=user, export=export)
    assert not Export.objects.filter(pk=export.pk).exists()
    assert files() == before
