"""Filling a new index beside the one in use, and switching to it, without losing a change or a moment."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from search import outbox, unfinished
from search.draining import apply_due, load, lock_name, make_ready, write_all
from search.engines.base import Rebuild
from search.engines.registry import engine
from search.locks import exclusive, exclusive_soon
from search.models import IndexRebuild, OutboxEntry
from search.sources.base import SearchSource
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
    resumed: bool = False
    taken_over: int = 0
    """So many things had been read before, by the rebuild that was taken up."""


def rebuild(name: str, report: Report = lambda source, count: None, *, restart: bool = False) -> Rebuilt:
    """Fill a new index of an engine and switch to it.

    Until then searches are answered from the old one, which goes on being fed; each change is also kept for the new
    one, applied there after everything has been read, and once more while the feeding stands still for the switch.
    One that stopped in the middle is taken up, unless told to `restart`.
    Raises RebuildRunningError and EngineUnavailableError; the old index is then as it was, the new one can be taken up.
    """
    begun = time.monotonic()
    found = engine(name)
    with exclusive(unfinished.lock_name(name)) as mine:
        if not mine:
            raise RebuildRunningError(name)
        # The worker may be making it, too.
        with _unfed(name):
            noted = make_ready(found)
        former = None if restart else unfinished.taken_up(found)
        if former is None:
            unfinished.abandon(found)
        row, new = former or _begun(name)
        taken_over = row.read
        if not new.in_use():
            _fill(row, new, report)
            apply_due(row.destination, new.replace, seconds=float("inf"))
            _switch(row, new)
        else:
            unfinished.settle(row)
        if noted and former is None:
            # Everything was noted for an index that was not there; all of it has been read for the new one since.
            OutboxEntry.objects.filter(destination=name, created_at=noted, attempts=0).delete()
    return Rebuilt(
        name,
        new.target,
        found.count(),
        OutboxEntry.objects.filter(destination=name, set_aside=True).count(),
        time.monotonic() - begun,
        resumed=former is not None,
        taken_over=taken_over,
    )


@contextmanager
def _unfed(name: str) -> Iterator[None]:
    """Nobody else feeds the index in use within this block."""
    with exclusive_soon(lock_name(name), WAIT_SECONDS) as mine:
        if not mine:
            raise RebuildRunningError(name)
        yield


def _begun(name: str) -> tuple[IndexRebuild, Rebuild]:
    found = engine(name)
    new = found.begin_rebuild()
    # From this row on, whoever feeds the old index keeps each change for the new one.
    return IndexRebuild.objects.create(engine=name, target=new.target, making=unfinished.making(found)), new


def _fill(row: IndexRebuild, new: Rebuild, report: Report) -> None:
    """Read everything that has not been read yet. Sources and keys have an order, so a place in it says what has."""
    names = [each.name for each in sources()]
    for each in sources()[names.index(row.source) if row.source else 0 :]:
        count, pks = 0, iter(_left(each, row))
        while batch := [str(pk) for pk in islice(pks, BATCH)]:
            _copy(row, new, each.name, batch)
            count += len(batch)
            report(each.name, count)


def _left(each: SearchSource, row: IndexRebuild) -> Iterable[Any]:
    if row.source != each.name:
        return each.all_pks()
    last = each.model._meta.pk.to_python(row.last_pk)  # type: ignore[attr-defined]
    return (pk for pk in each.all_pks() if pk > last)


def _copy(row: IndexRebuild, new: Rebuild, name: str, pks: list[str]) -> None:
    """Read and write some things, and note that only when it is done: who is killed in between does it again."""
    loaded = load((name, pk) for pk in pks)
    readable = [(name, pk) for pk in pks if (name, pk) not in loaded.failed]
    failed = loaded.failed | write_all(readable, loaded, lambda objects, documents: new.load(documents))
    with transaction.atomic():
        outbox.set_aside(row.destination, failed)
        row.source, row.last_pk, row.read, row.alive_at = name, pks[-1], row.read + len(pks), timezone.now()
        row.save(update_fields=["source", "last_pk", "read", "alive_at"])


def _switch(row: IndexRebuild, new: Rebuild) -> None:
    """Switch while nobody feeds the old index: what was kept until now is applied first."""
    with _unfed(row.engine):
        apply_due(row.destination, new.replace, seconds=float("inf"))
        new.switch()
        unfinished.settle(row)
