"""Rebuilds that were begun and not finished: taken up again within a day, then removed."""

import datetime
import hashlib

from django.db import transaction
from django.utils import timezone

from search.engines.base import EngineUnavailableError, Rebuild, SearchEngine
from search.engines.registry import engine
from search.locks import exclusive
from search.models import IndexRebuild, OutboxEntry
from search.sources.registry import sources

KEPT_FOR = datetime.timedelta(days=1)
"""So long after its last sign of life a rebuild can be taken up, and changes are kept for it."""


def lock_name(name: str) -> str:
    """The lock that whoever rebuilds the index of an engine holds."""
    return f"search.rebuild.{name}"


def making(found: SearchEngine) -> str:
    """Changes when a new index would be made or filled otherwise than before."""
    names = [each.name for each in sources()]
    return hashlib.sha256(" ".join([found.definition, *names]).encode()).hexdigest()


def taken_up(found: SearchEngine) -> tuple[IndexRebuild, Rebuild] | None:
    """The rebuild that was not finished, if it can still be. The caller holds the lock."""
    row = IndexRebuild.objects.filter(engine=found.name, alive_at__gte=timezone.now() - KEPT_FOR).first()
    if row is None or row.making != making(found):
        return None
    new = found.resume_rebuild(row.target)
    return (row, new) if new.exists() else None


def abandon(found: SearchEngine) -> None:
    """Remove what is left of rebuilds that are not gone on with. The caller holds the lock."""
    for row in IndexRebuild.objects.filter(engine=found.name):
        if found.resume_rebuild(row.target).in_use():
            settle(row)
        else:
            found.abandon_rebuild(row.target)
            _forget(row)


def end_dead() -> None:
    """End what was killed after it had switched, remove what nobody has taken up for a day. Safe at any moment."""
    for row in IndexRebuild.objects.all():
        with exclusive(lock_name(row.engine)) as mine:
            if not mine:
                continue
            found = engine(row.engine)
            try:
                if row.alive_at < timezone.now() - KEPT_FOR or found.resume_rebuild(row.target).in_use():
                    abandon(found)
            except EngineUnavailableError:
                continue


@transaction.atomic
def settle(row: IndexRebuild) -> None:
    """The new index is in use: what is to be tried again in it will be, what cannot be read stays set aside."""
    OutboxEntry.objects.filter(destination=row.engine, set_aside=True).delete()
    OutboxEntry.objects.filter(destination=row.destination).update(destination=row.engine)
    IndexRebuild.objects.filter(pk=row.pk).delete()


@transaction.atomic
def _forget(row: IndexRebuild) -> None:
    OutboxEntry.objects.filter(destination=row.destination).delete()
    IndexRebuild.objects.filter(pk=row.pk).delete()
