"""Filling a new index beside the one in use, and switching to it, without losing a change or a moment."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from search.draining import apply_due, load, lock_name, make_ready, write_all
from search.engines.base import Rebuild, SearchEngine
from search.engines.registry import engine
from search.locks import exclusive
from search.models import IndexRebuild, OutboxEntry
from search.rules import SET_ASIDE_AFTER
from search.sources.base import Thing
from search.sources.registry import sources

BATCH = 100
WAIT_SECONDS = 60.0

Report = Callable[[str, int], None]
"""Told the name of a source and how many of its things have been read."""


class RebuildRunningError(Exception):
    """Another process is rebuilding the same index, or keeps feeding it."""


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did."""

    engine: str
    target: str
    documents: int
    set_aside: int
    seconds: float


def rebuild(name: str, report: Report = lambda source, count: None) -> Rebuilt:
    """Fill a new index of an engine and switch to it.

    Until then searches are answered from the old one, which goes on being fed; each change is also kept for the new
    one, applied there after everything has been read, and once more while the feeding stands still for the switch.
    Raises RebuildRunningError and EngineUnavailableError; the old index is then as it was.
    """
    begun = time.monotonic()
    found = engine(name)
    with exclusive(f"search.rebuild.{name}") as mine:
        if not mine:
            raise RebuildRunningError(name)
        _abandon_former(found)
        noted = make_ready(found)
        new = found.begin_rebuild()
        # From this row on, whoever feeds the old index keeps each change for the new one.
        row = IndexRebuild.objects.create(engine=name, target=new.target)
        try:
            failed = _fill(row, new, report)
            apply_due(row.destination, new.replace, seconds=float("inf"))
            _switch(row, new, failed)
        except BaseException:
            _forget(row)
            found.abandon_rebuild(new.target)
            raise
        if noted:
            # Everything was noted for an index that was not there; all of it has been read for the new one since.
            OutboxEntry.objects.filter(destination=name, created_at=noted, attempts=0).delete()
    return Rebuilt(name, new.target, found.count(), len(failed), time.monotonic() - begun)


def _fill(row: IndexRebuild, new: Rebuild, report: Report) -> dict[Thing, str]:
    failed: dict[Thing, str] = {}
    for each in sources():
        count, batch = 0, list[str]()
        for pk in each.all_pks():
            batch.append(str(pk))
            if len(batch) == BATCH:
                failed |= _copy(row, new, each.name, batch)
                count, batch = count + len(batch), []
                report(each.name, count)
        failed |= _copy(row, new, each.name, batch)
        report(each.name, count + len(batch))
    return failed


def _copy(row: IndexRebuild, new: Rebuild, name: str, pks: list[str]) -> dict[Thing, str]:
    IndexRebuild.objects.filter(pk=row.pk).update(alive_at=timezone.now())
    loaded = load((name, pk) for pk in pks)
    readable = [(name, pk) for pk in pks if (name, pk) not in loaded.failed]
    return loaded.failed | write_all(readable, loaded, lambda objects, documents: new.load(documents))


def _switch(row: IndexRebuild, new: Rebuild, failed: dict[Thing, str]) -> None:
    """Switch while nobody feeds the old index: what was kept until now is applied first."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        with exclusive(lock_name(row.engine)) as mine:
            if mine:
                apply_due(row.destination, new.replace, seconds=float("inf"))
                new.switch()
                _settle(row, failed)
                return
        if time.monotonic() > end:
            raise RebuildRunningError(row.engine)
        time.sleep(0.2)


@transaction.atomic
def _settle(row: IndexRebuild, failed: dict[Thing, str]) -> None:
    """The new index holds everything that can be read; what cannot is set aside, what is to be tried again will be."""
    OutboxEntry.objects.filter(destination=row.engine, set_aside=True).delete()
    OutboxEntry.objects.filter(destination=row.destination).update(destination=row.engine)
    _forget(row)
    OutboxEntry.objects.bulk_create(
        OutboxEntry(
            destination=row.engine,
            source=name,
            object_pk=pk,
            attempts=SET_ASIDE_AFTER,
            set_aside=True,
            error=reason[:2000],
        )
        for (name, pk), reason in failed.items()
    )


def _forget(row: IndexRebuild) -> None:
    OutboxEntry.objects.filter(destination=row.destination).delete()
    IndexRebuild.objects.filter(pk=row.pk).delete()


def _abandon_former(found: SearchEngine) -> None:
    """Remove what an earlier rebuild that was killed left behind; nobody else is rebuilding now."""
    for row in IndexRebuild.objects.filter(engine=found.name):
        found.abandon_rebuild(row.target)
        _forget(row)
