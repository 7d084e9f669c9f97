"""The periodic work of saved searches: looking, telling, forgetting."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from search.saving.looking import look
from search.saving.models import KnownThing, NewResult
from search.saving.rules import is_gone
from search.saving.telling import tell

SEEN_FOR = datetime.timedelta(days=90)
"""So long results that their owner has looked at stay in the list."""

GONE_FOR = datetime.timedelta(days=30)
"""So long it is known that something was there once."""

AT_ONCE = 500


@dataclass
class Alerted:
    """What one run did: things read for the first time, things that arrived, results found, people told."""

    surveyed: int = 0
    arrived: int = 0
    found: int = 0
    people: int = 0
    searches: int = 0


def send_alerts() -> Iterator[Alerted]:
    """Look at what is new and tell whoever is to be told now; gives after each step what has been done until then."""
    done = Alerted()
    for looked in look():
        done.surveyed, done.arrived = done.surveyed + looked.surveyed, done.arrived + looked.arrived
        done.found += looked.found
        yield done
    for told in tell():
        done.people, done.searches = done.people + told.people, done.searches + told.searches
        yield done


def forget_old(now: datetime.datetime | None = None) -> Iterator[int]:
    """Delete what was seen long ago and what has been gone for long; gives after each step how many rows went."""
    now = now or timezone.now()
    while old := _drop_seen(now - SEEN_FOR):
        yield old
    last = 0
    while rows := list(KnownThing.objects.filter(pk__gt=last, read_at__lt=now - GONE_FOR).order_by("pk")[:AT_ONCE]):
        last = rows[-1].pk
        gone = [thing.pk for thing in rows if is_gone(thing.tokens)]
        with transaction.atomic():
            # What was found again meanwhile has been read anew, and is kept with its results.
            KnownThing.objects.filter(pk__in=gone, read_at__lt=now - GONE_FOR).delete()
        yield len(gone)


@transaction.atomic
def _drop_seen(before: datetime.datetime) -> int:
    old = list(NewResult.objects.filter(seen_at__lt=before).order_by().values_list("pk", flat=True)[:AT_ONCE])
    NewResult.objects.filter(pk__in=old, seen_at__lt=before).delete()
    return len(old)
