"""Whether the indexes hold what the database says, and mending what differs.

Everything is compared once in passing: what should be there, what is there. Work goes on meanwhile, so what seems to
differ is looked at again while nobody feeds the index. What is noted in the outbox then is on its way and no drift.
"""

import logging
import time
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from search import outbox
from search.documents import object_of
from search.draining import drain_engine, load, lock_name, thing_of
from search.engines.base import EngineUnavailableError, Held, SearchEngine
from search.engines.registry import engine
from search.ledger import Drift, Ledger
from search.locks import exclusive_soon
from search.models import EngineFeed, OutboxEntry
from search.sources.base import Thing
from search.sources.registry import source, sources

logger = logging.getLogger(__name__)

PAGE = 1_000
WAIT_SECONDS = 120.0
"""So long another process may keep feeding the engine; the worker stops after twenty seconds and begins anew."""


@dataclass(frozen=True)
class SetAside:
    """A thing that could not be indexed, and why."""

    object_id: str
    reason: str


@dataclass(frozen=True)
class Checked:
    """How index and database agree. What differed is told as it was found; `left` of it differ still."""

    engine: str
    documents: int = 0
    expected: int = 0
    missing: int = 0
    stale: int = 0
    extra: int = 0
    waiting: int = 0
    set_aside: tuple[SetAside, ...] = ()
    repaired: int = 0
    left: int = 0
    outdated: bool = False
    seconds: float = 0.0
    fault: str = ""

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong now. What waits in the outbox is not wrong."""
        return not (self.left or self.set_aside or self.outdated or self.fault)


def check(names: Sequence[str], *, repair: bool) -> list[Checked]:
    """Compare engines with the database, mending what differs if asked to; an engine that is away has a fault."""
    steps = checking(names, repair=repair)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: list[Checked] = end.value
            return found


def checking(names: Sequence[str], *, repair: bool) -> Generator[None, None, list[Checked]]:
    """The same in steps of a second or so, for the worker: between two of them nothing is held."""
    ledger = Ledger()
    try:
        unreadable = yield from _expect(ledger)
        results = []
        for name in names:
            begun = time.monotonic()
            ledger.next_engine()
            try:
                checked = yield from _Check(name, ledger, repair=repair).run()
            except EngineUnavailableError as error:
                checked = Checked(name, expected=ledger.expected(), fault=str(error))
            if repair:
                _put_aside(name, unreadable)
            aside = _set_aside(name, unreadable)
            waiting = OutboxEntry.objects.filter(destination=name, set_aside=False)
            results.append(
                replace(
                    checked,
                    set_aside=aside,
                    waiting=waiting.values("source", "object_pk").distinct().count(),
                    seconds=round(time.monotonic() - begun, 2),
                )
            )
        return results
    finally:
        ledger.close()


def _expect(ledger: Ledger) -> Generator[None, None, dict[Thing, str]]:
    """Write down what every index should hold; gives what cannot be read."""
    unreadable: dict[Thing, str] = {}
    for each in sources():
        for pks in ledger.in_turn(each.all_pks()):
            loaded = load((each.name, pk) for pk in pks)
            ledger.expect(loaded.documents)
            unreadable |= loaded.failed
            yield
    return unreadable


class _Check:
    """One engine compared and mended."""

    def __init__(self, name: str, ledger: Ledger, *, repair: bool) -> None:
        self.name = name
        self.engine: SearchEngine = engine(name)
        self.ledger = ledger
        self.repair = repair

    def run(self) -> Generator[None, None, Checked]:
        """Compare, mend, and look again."""
        has_index = self.engine.exists()
        if has_index:
            drift = yield from self._compare()
        else:
            drift = Drift(missing=self.ledger.expected())
        left = drift
        if self.repair:
            # Also what an earlier check noted that was killed: nobody need run a worker for that.
            yield from self._apply()
        if self.repair and (drift.total or not has_index):
            left = yield from self._again() if has_index else self._compare()
        health = self.engine.health()
        return Checked(
            self.name,
            documents=self.engine.count() if has_index or self.repair else 0,
            expected=self.ledger.expected(),
            missing=drift.missing,
            stale=drift.stale,
            extra=drift.extra,
            repaired=max(0, drift.total - left.total),
            left=left.total,
            outdated=health.outdated,
            fault=health.fault if has_index or self.repair else "",
        )

    def _compare(self) -> Generator[None, None, Drift]:
        """Everything once in passing, then what seems to differ once more."""
        documents = self.engine.held()
        while page := list(islice(documents, PAGE)):
            own = [document for document in page if _belongs(document)]
            self.ledger.hold(own)
            self.ledger.stray(document.id for document in page if not _belongs(document))
            yield
        drift = Drift()
        for strays in self.ledger.all_strays():
            drift += Drift(extra=len(strays))
            if self.repair:
                with self._alone():
                    self.engine.discard(strays)
            yield
        for objects in self.ledger.suspects():
            drift += self._confirm(objects)
            yield
        return drift

    def _again(self) -> Generator[None, None, Drift]:
        """What of the drift is left. Strays were removed by name, and the engine has confirmed that."""
        left = Drift()
        for objects in self.ledger.all_drifted():
            with self._alone():
                found = self._differences(objects, self._waiting(objects, attempts=0))
            left += sum(found.values(), Drift())
            yield
        return left

    def _confirm(self, objects: list[str]) -> Drift:
        """Look at suspects while nobody feeds the index, and note for it what differs indeed."""
        with self._alone():
            found = self._differences(objects, None)
            self.ledger.drifted(found)
            if self.repair:
                # What should not be found at all is withheld from this moment on.
                withdrawn = [thing_of(name) for name, drift in found.items() if drift.extra]
                outbox.note_for(self.name, withdrawn, withdraws=True)
                outbox.note_for(self.name, [thing_of(name) for name, drift in found.items() if not drift.extra])
        return sum(found.values(), Drift())

    def _differences(self, objects: Collection[str], waiting: frozenset[str] | None) -> dict[str, Drift]:
        """How the documents of each object differ.

        The order matters: a change that came after the database was read is in the outbox by the time that is read,
        and one that came before is either in the index or in the outbox, from which nobody removes anything now.
        """
        loaded = load(thing_of(name) for name in objects)
        held = self.engine.held_of(objects)
        left_out = self._waiting(objects) if waiting is None else waiting
        left_out |= {f"{name}:{pk}" for name, pk in loaded.failed}
        should = {name: dict[str, str]() for name in objects}
        holds = {name: dict[str, str]() for name in objects}
        for document in loaded.documents:
            should[document.object_id][document.id] = document.content_hash
        for one in held:
            holds[one.object_id][one.id] = one.content_hash
        found: dict[str, Drift] = {}
        for name in objects:
            drift = _drift(should[name], holds[name])
            if drift.total and name not in left_out:
                found[name] = drift
        return found

    def _waiting(self, objects: Collection[str], **values: int) -> frozenset[str]:
        """Which of the objects are in the outbox, waiting or set aside."""
        entries = OutboxEntry.objects.filter(
            destination=self.name, object_pk__in=[thing_of(name)[1] for name in objects], **values
        )
        return frozenset(f"{name}:{pk}" for name, pk in entries.values_list("source", "object_pk"))

    def _apply(self) -> Iterator[None]:
        """Bring what has been noted to the index, whoever does it."""
        # It has just answered; nobody need wait until it would be tried again.
        EngineFeed.objects.filter(pk=self.name).update(retry_at=None)
        end = time.monotonic() + WAIT_SECONDS
        while True:
            applied = drain_engine(self.name, seconds=2)
            feed = EngineFeed.objects.get(pk=self.name)
            if feed.retry_at and feed.retry_at > timezone.now():
                raise EngineUnavailableError(feed.error)
            due = OutboxEntry.objects.filter(
                destination=self.name, set_aside=False, next_attempt_at__lte=timezone.now()
            )
            if not due.exists():
                return
            if applied:
                end = time.monotonic() + WAIT_SECONDS
            elif time.monotonic() > end:
                raise EngineUnavailableError("Another process keeps feeding the index; nothing could be repaired.")
            else:
                time.sleep(0.2)
            yield

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else feeds the engine within this block."""
        with exclusive_soon(lock_name(self.name), WAIT_SECONDS) as mine:
            if not mine:
                raise EngineUnavailableError("Another process keeps feeding the index; it could not be compared.")
            yield


def _drift(should: dict[str, str], holds: dict[str, str]) -> Drift:
    both = should.keys() & holds.keys()
    return Drift(
        missing=len(should) - len(both),
        stale=sum(should[name] != holds[name] for name in both),
        extra=len(holds) - len(both),
    )


def _belongs(document: Held) -> bool:
    """Whether the document can be one of the portal's: its object has a known source and a key of that kind."""
    if object_of(document.id) != document.object_id:
        return False
    name, pk = thing_of(document.object_id)
    try:
        key = source(name).model._meta.pk.to_python(pk)  # type: ignore[attr-defined]
    except (KeyError, ValidationError):
        return False
    # A number that long is more than a database takes.
    return str(key) == pk and (len(pk) < 20 or isinstance(key, UUID))


def _put_aside(name: str, unreadable: dict[Thing, str]) -> None:
    """Set aside what cannot be read and is not in the outbox, so that it is seen there and can be tried again."""
    if not unreadable:
        return
    noted = set(OutboxEntry.objects.filter(destination=name).values_list("source", "object_pk"))
    outbox.set_aside(name, {thing: reason for thing, reason in unreadable.items() if thing not in noted})


def _set_aside(name: str, unreadable: dict[Thing, str]) -> tuple[SetAside, ...]:
    reasons = {f"{owner}:{pk}": reason for (owner, pk), reason in unreadable.items()}
    for entry in OutboxEntry.objects.filter(destination=name, set_aside=True):
        reasons[entry.object_id] = entry.error
    return tuple(SetAside(one, reason) for one, reason in sorted(reasons.items()))
