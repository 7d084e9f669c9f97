"""Bringing the outbox to the engines. Safe to run in several workers, and to be killed at any moment.

An entry is removed only after its engine has confirmed; whatever happens in between, it is applied again. Documents are
read after the entries were claimed, so what is written is at least as new as the change.
"""

import datetime
import logging
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from search import outbox, unfinished
from search.documents import SearchDocument
from search.engines.base import EngineUnavailableError, Rejected, SearchEngine
from search.engines.registry import engine, engine_names
from search.locks import exclusive
from search.models import EngineFeed, IndexRebuild, OutboxEntry
from search.rules import SET_ASIDE_AFTER, pause
from search.sources.base import Thing
from search.sources.registry import source, sources

logger = logging.getLogger(__name__)

BATCH = 100

applied = Signal()
"""Sent with ``destination`` and ``things`` in the transaction in which changes that an index knows leave the outbox."""

Write = Callable[[Collection[str], Sequence[SearchDocument]], list[Rejected]]


@dataclass
class Loaded:
    """Documents of some things, and the things that could not be read with the reason."""

    documents: list[SearchDocument] = field(default_factory=list)
    failed: dict[Thing, str] = field(default_factory=dict)


def lock_name(name: str) -> str:
    """The lock that whoever feeds an engine holds."""
    return f"search.feed.{name}"


def drain(*, seconds: float = 20.0) -> int:
    """Apply what is due, to every engine; stops after about so many seconds. Gives the number of things applied."""
    unfinished.end_dead()
    _drop_lost()
    return sum(drain_engine(name, seconds=seconds) for name in engine_names())


def drain_engine(name: str, *, seconds: float = 20.0) -> int:
    """Apply what is due to one engine; nothing while another process does, or while the engine is being left alone."""
    feed, _ = EngineFeed.objects.get_or_create(engine=name)
    if feed.retry_at and feed.retry_at > timezone.now():
        return 0
    with exclusive(lock_name(name)) as mine:
        if not mine:
            return 0
        found = engine(name)
        try:
            make_ready(found)
            applied = apply_due(name, found.replace, seconds=seconds, forward_to_rebuild=True)
        except EngineUnavailableError as error:
            _engine_failed(feed, error)
            return 0
    if feed.failures:
        logger.info("Search engine %s is back", name)
        EngineFeed.objects.filter(pk=name).update(failures=0, away_since=None, retry_at=None, error="")
    return applied


def apply_due(destination: str, write: Write, *, seconds: float, forward_to_rebuild: bool = False) -> int:
    """Apply what is due for one destination. The caller sees to it that nobody else does at the same time."""
    applied = 0
    end = time.monotonic() + seconds
    while True:
        entries = list(
            OutboxEntry.objects.filter(
                destination=destination, set_aside=False, next_attempt_at__lte=timezone.now()
            ).order_by("pk")[:BATCH]
        )
        if not entries:
            return applied
        applied += _apply(entries, write, forward_to_rebuild=forward_to_rebuild)
        if time.monotonic() > end:
            return applied


def load(things: Iterable[Thing]) -> Loaded:
    """Read the documents of things; one that cannot be read does not keep the others back."""
    loaded = Loaded()
    by_source: dict[str, list[str]] = {}
    for name, pk in things:
        by_source.setdefault(name, []).append(pk)
    for name, pks in by_source.items():
        found = source(name)
        try:
            loaded.documents += list(found.documents(pks))
        except Exception:  # noqa: BLE001 - whatever one thing raises, the others must be found
            for pk in pks:
                try:
                    loaded.documents += list(found.documents([pk]))
                except Exception as error:
                    logger.exception("%s:%s cannot be indexed", name, pk)
                    loaded.failed[name, pk] = f"{type(error).__name__}: {error}"
    return loaded


def write_all(things: Sequence[Thing], loaded: Loaded, write: Write) -> dict[Thing, str]:
    """Write what was read; gives what the engine refuses. Something unforeseen in one of them keeps no other back."""
    try:
        rejected = write([f"{name}:{pk}" for name, pk in things], loaded.documents)
    except EngineUnavailableError:
        raise
    except Exception as error:
        if len(things) == 1:
            logger.exception("%s:%s cannot be written", *things[0])
            return {things[0]: f"{type(error).__name__}: {error}"}
        failed: dict[Thing, str] = {}
        for name, pk in things:
            own = [document for document in loaded.documents if document.object_id == f"{name}:{pk}"]
            failed |= write_all([(name, pk)], Loaded(own), write)
        return failed
    return {thing_of(refusal.object_id): refusal.reason for refusal in rejected}


def thing_of(object_id: str) -> Thing:
    """Source and primary key of a name in the index."""
    name, _, pk = object_id.partition(":")
    return name, pk


def _apply(entries: Sequence[OutboxEntry], write: Write, *, forward_to_rebuild: bool) -> int:
    things = dict.fromkeys((entry.source, entry.object_pk) for entry in entries)
    outbox.note_for(entries[0].destination, _followers(things))
    loaded = load(things)
    failed = loaded.failed | write_all([thing for thing in things if thing not in loaded.failed], loaded, write)
    _settle(entries, failed, forward_to_rebuild=forward_to_rebuild)
    return len(things) - len(failed)


def _followers(things: Collection[Thing]) -> list[Thing]:
    """What must be looked at again because of these, and is not among them."""
    found: dict[Thing, None] = {}
    for name in dict.fromkeys(name for name, _ in things):
        try:
            found |= dict.fromkeys(source(name).prepare([pk for owner, pk in things if owner == name]))
        except Exception:
            logger.exception("What follows from changed things of %s could not be told", name)
    return [thing for thing in found if thing not in things]


@transaction.atomic
def _settle(entries: Sequence[OutboxEntry], failed: dict[Thing, str], *, forward_to_rebuild: bool) -> None:
    """Remove what was applied, put off what failed."""
    destination = entries[0].destination
    done: list[OutboxEntry] = []
    for entry in entries:
        reason = failed.get((entry.source, entry.object_pk))
        if reason is None:
            done.append(entry)
        else:
            _put_off(entry, reason)
    things = {(entry.source, entry.object_pk) for entry in done}
    if forward_to_rebuild:
        for rebuild in IndexRebuild.objects.filter(engine=destination):
            outbox.note_for(rebuild.destination, sorted(things))
    OutboxEntry.objects.filter(pk__in=[entry.pk for entry in done]).delete()
    applied.send(sender=OutboxEntry, destination=destination, things=sorted(things))
    # What had been set aside has been written now.
    aside = OutboxEntry.objects.filter(destination=destination, set_aside=True)
    stale = [entry.pk for entry in aside if (entry.source, entry.object_pk) in things]
    OutboxEntry.objects.filter(pk__in=stale).delete()


def _put_off(entry: OutboxEntry, reason: str) -> None:
    entry.attempts += 1
    entry.error = reason[:2000]
    entry.set_aside = entry.attempts >= SET_ASIDE_AFTER
    entry.next_attempt_at = timezone.now() + pause(entry.attempts)
    entry.save(update_fields=["attempts", "error", "set_aside", "next_attempt_at"])
    if entry.set_aside:
        logger.error("%s is set aside until it changes: %s", entry, reason)


def make_ready(found: SearchEngine) -> datetime.datetime | None:
    """Make the index where there is none, and have everything written into it.

    That is noted first: whoever is killed in between has it noted once more, and never leaves an empty index behind
    that nobody fills. Gives the moment under which it was noted.
    """
    noted = None if found.exists() else _note_everything(found.name)
    found.ensure()
    return noted


@transaction.atomic
def _note_everything(destination: str) -> datetime.datetime:
    """Note every thing, instead of whatever was noted for an index that is no more."""
    logger.info("Search engine %s has no index; everything is written into a new one", destination)
    now = timezone.now()
    OutboxEntry.objects.filter(destination=destination).delete()
    for each in sources():
        outbox.note_for(destination, ((each.name, str(pk)) for pk in each.all_pks()), at=now)
    return now


def _engine_failed(feed: EngineFeed, error: EngineUnavailableError) -> None:
    now = timezone.now()
    if not feed.failures:
        logger.warning("Search engine %s is away: %s", feed.engine, error)
    feed.failures += 1
    feed.away_since = feed.away_since or now
    feed.retry_at = now + pause(feed.failures)
    feed.error = str(error)[:2000]
    feed.save(update_fields=["failures", "away_since", "retry_at", "error"])


def _drop_lost() -> None:
    """Drop what is for an index, or of a source, that is no more.

    What is noted is read before what there is: a rebuild that begins in between has its row before its first entry.
    """
    noted = set(OutboxEntry.objects.order_by().values_list("destination", "source").distinct())
    destinations, names = _destinations(), {each.name for each in sources()}
    for destination, name in noted:
        if destination not in destinations or name not in names:
            OutboxEntry.objects.filter(destination=destination, source=name).delete()


def _destinations() -> list[str]:
    """Where entries may be going: this installation's engines and the indexes being rebuilt for them."""
    names = list(engine_names())
    return names + [rebuild.destination for rebuild in IndexRebuild.objects.filter(engine__in=names)]
