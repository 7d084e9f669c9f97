"""How each engine is doing, and what could not be indexed. However much waits, it takes the same number of queries."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.functional import Promise

from search.engines.base import EngineUnavailableError, Health
from search.engines.registry import engine, engine_names
from search.models import EngineFeed, IndexRebuild, OutboxEntry
from search.nightly import engine_label, is_running
from search.state.naming import CONFIDENTIAL, Named, kind_of, named
from search.state.wording import kind_of_error, plain_reason

if TYPE_CHECKING:
    from portal.accounts.models import User

SECONDS = 1.5
"""The page waits so long for all engines together."""

QUIET_AFTER = datetime.timedelta(minutes=5)
"""A rebuild that has given no sign of life for so long stands still."""


@dataclass(frozen=True)
class Looked:
    """What an engine answered: how it is, and how much the index holds that is being filled beside the one in use."""

    health: Health
    rebuilt: int | None = None


@dataclass(frozen=True)
class EngineState:
    """One engine as the page shows it."""

    name: str
    label: str
    is_main: bool
    health: Health
    feed: EngineFeed
    is_checked_now: bool
    waiting: int = 0
    waiting_since: datetime.datetime | None = None
    set_aside: int = 0
    rebuild: IndexRebuild | None = None
    rebuild_stands: bool = False
    rebuilt: int | None = None

    @property
    def check(self) -> dict[str, Any]:
        """What the last check found; empty where there was none."""
        found: dict[str, Any] = self.feed.last_check
        return found


@dataclass(frozen=True)
class Failure:
    """Why one engine does not have the thing."""

    label: str
    reason: Promise
    technical: str
    attempts: int
    is_set_aside: bool


@dataclass(frozen=True)
class Troubled:
    """A thing that could not be indexed, as the looker may see it; `named` is None for whom it is not to be seen."""

    object_id: str
    kind: "str | Promise"
    named: Named | None
    since: datetime.datetime
    failures: list[Failure] = field(default_factory=list)

    @property
    def is_set_aside(self) -> bool:
        """Whether it is not tried any more by itself."""
        return any(failure.is_set_aside for failure in self.failures)


def engine_states() -> list[EngineState]:
    """All engines, the one that is searched first."""
    names = engine_names()
    feeds = {feed.engine: feed for feed in EngineFeed.objects.filter(pk__in=names)}
    rebuilds = {row.engine: row for row in IndexRebuild.objects.filter(engine__in=names)}
    waiting = Q(set_aside=False)
    counts: dict[str, Any] = {
        row["destination"]: row
        for row in OutboxEntry.objects.filter(destination__in=names)
        .order_by()
        .values("destination")
        .annotate(
            number=Count("pk", filter=waiting),
            since=Min("created_at", filter=waiting),
            aside=Count(Concat("source", Value(":"), "object_pk"), filter=~waiting, distinct=True),
        )
    }
    looked = look_at({name: rebuilds[name].target if name in rebuilds else "" for name in names})
    now = timezone.now()
    states = []
    for name in names:
        count, row, feed = counts.get(name, {}), rebuilds.get(name), feeds.get(name) or EngineFeed(engine=name)
        states.append(
            EngineState(
                name,
                engine_label(name),
                is_main=name == names[0],
                health=looked[name].health,
                feed=feed,
                is_checked_now=is_running(feed),
                waiting=count.get("number", 0),
                waiting_since=count.get("since"),
                set_aside=count.get("aside", 0),
                rebuild=row,
                rebuild_stands=row is not None and row.alive_at < now - QUIET_AFTER,
                rebuilt=looked[name].rebuilt,
            )
        )
    return states


def look_at(targets: dict[str, str]) -> dict[str, Looked]:
    """Ask all engines at once; one that has not answered within `SECONDS` does not answer as far as people can tell.

    `targets`: name of the engine → name of the new index that is being filled, or nothing.
    """
    pool = ThreadPoolExecutor(max_workers=len(targets))
    asked = {name: pool.submit(_look, name, target) for name, target in targets.items()}
    done, _late = wait(asked.values(), timeout=SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    return {
        name: future.result() if future in done else Looked(Health(name, fault=f"No answer within {SECONDS} s."))
        for name, future in asked.items()
    }


def troubled() -> Any:
    """Things that could not be indexed, the longest first: rows of source, object_pk, since, aside.

    Those that are tried again just now are among them, so that nothing seems to be mended before it is.
    """
    failing = Q(set_aside=True) | Q(attempts__gt=0) | ~Q(error="")
    return (
        OutboxEntry.objects.filter(failing, destination__in=engine_names())
        .order_by()
        .values("source", "object_pk")
        .annotate(since=Min("created_at"), last=Max("pk"))
        .order_by("since", "last")
    )


def described(user: "User", rows: Sequence[dict[str, Any]]) -> list[Troubled]:
    """Those things in words, as the person may see them."""
    things = {f"{row['source']}:{row['object_pk']}": row for row in rows}
    entries: dict[str, dict[str, OutboxEntry]] = defaultdict(dict)
    kept = OutboxEntry.objects.filter(
        destination__in=engine_names(), object_pk__in={row["object_pk"] for row in rows}
    ).exclude(error="")
    for entry in kept.order_by("pk"):
        entries[entry.object_id][entry.destination] = entry
    names = named(user, things)
    found = []
    for object_id, row in things.items():
        called = names.get(object_id)
        of_engines = entries[object_id].values()
        failures = [_failure(entry, is_visible=called is not None) for entry in of_engines]
        found.append(Troubled(object_id, kind_of(object_id), called, row["since"], failures))
    return found


def _look(name: str, target: str) -> Looked:
    found = engine(name)
    health = found.health()
    if not target or health.fault:
        return Looked(health)
    try:
        return Looked(health, found.resume_rebuild(target).count())
    except EngineUnavailableError:
        return Looked(health)


def _failure(entry: OutboxEntry, *, is_visible: bool) -> Failure:
    """The technical text may quote the content, so it is for whom the content is; of a report only what was raised."""
    technical = entry.error if is_visible and entry.source not in CONFIDENTIAL else kind_of_error(entry.error)
    return Failure(
        engine_label(entry.destination), plain_reason(entry.error), technical, entry.attempts, entry.set_aside
    )
