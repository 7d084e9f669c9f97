"""Noting what changed. Called by `search.signals` inside the transaction of the change."""

import datetime
from collections.abc import Iterable, Mapping
from itertools import islice

from search.engines.base import EngineUnavailableError
from search.engines.registry import engine_names
from search.models import OutboxEntry
from search.rules import SET_ASIDE_AFTER

CHUNK = 500
MAX_WITHHELD = 50_000
"""Things withheld from one question at most; Elasticsearch takes 65,536 values in a filter."""


def note(source: str, pks: Iterable[object], *, withdraws: bool = False) -> None:
    """Note for every engine that these things changed.

    `withdraws`: the change may take the thing away from somebody. Until the index knows, nobody finds it at all.
    """
    names = [str(pk) for pk in pks]
    for destination in engine_names():
        note_for(destination, ((source, name) for name in names), withdraws=withdraws)


def note_for(
    destination: str,
    things: Iterable[tuple[str, str]],
    *,
    withdraws: bool = False,
    at: datetime.datetime | None = None,
) -> None:
    """Note for one destination that things (source, primary key) changed, at a moment or now."""
    more = {"created_at": at} if at else {}
    rows = (
        OutboxEntry(destination=destination, source=source, object_pk=pk, withdraws=withdraws, **more)
        for source, pk in things
    )
    while chunk := list(islice(rows, CHUNK)):
        OutboxEntry.objects.bulk_create(chunk)


def set_aside(destination: str, failed: Mapping[tuple[str, str], str]) -> None:
    """Note for one destination what cannot be indexed, and why: set aside until it changes or is tried again."""
    OutboxEntry.objects.bulk_create(
        OutboxEntry(
            destination=destination,
            source=source,
            object_pk=pk,
            attempts=SET_ASIDE_AFTER,
            set_aside=True,
            error=reason[:2000],
        )
        for (source, pk), reason in failed.items()
    )


def withheld(destination: str) -> frozenset[str]:
    """`object_id` of what this index must not show: it was withdrawn, and the index does not know yet.

    EngineUnavailableError where that is more than a question can name: nobody is answered from that index until most of
    it has been taken out.
    """
    rows = OutboxEntry.objects.filter(destination=destination, withdraws=True).values_list("source", "object_pk")
    names = frozenset(f"{source}:{pk}" for source, pk in rows.order_by().distinct()[: MAX_WITHHELD + 1])
    if len(names) > MAX_WITHHELD:
        raise EngineUnavailableError(f"More than {MAX_WITHHELD} things are withdrawn and not out of {destination} yet.")
    return names
