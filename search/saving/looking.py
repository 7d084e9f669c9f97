"""Finding out what is new for whom: some things at a time, each time for everybody who keeps searches.

Safe to be killed at any moment: what was looked at leaves the queue in the transaction in which its results are
written. One process at a time does it; others find the lock taken and leave it alone.
"""

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from search.draining import thing_of
from search.engines.base import EngineUnavailableError
from search.locks import exclusive
from search.models import OutboxEntry
from search.saving.asking import Inquiry, inquiry, read
from search.saving.gaining import look_for_gains
from search.saving.known import keep, known_things, news_of
from search.saving.models import Arrival, KnownThing, SavedSearch, Survey
from search.saving.people import Person, people
from search.saving.results import add_results
from search.saving.rules import News
from search.sources.base import SearchSource, Thing
from search.sources.registry import sources

logger = logging.getLogger(__name__)

LOCK = "search.saving"
CHUNK = 100
"""Things looked at in one transaction."""

ONLY = 1
"""The key of the one row of the survey."""


@dataclass(frozen=True)
class Looked:
    """What one step did."""

    surveyed: int = 0
    arrived: int = 0
    found: int = 0


Step = Callable[[datetime.datetime], Looked | None]


def look() -> Iterator[Looked]:
    """Look at everything that is due, a step at a time. Nothing is looked at where nobody keeps a search."""
    while looked := _alone(_survey_some):
        yield looked
    if looked := _alone(_gains):
        yield looked
    while looked := _alone(_arrivals):
        yield looked


def _alone(step: Step) -> Looked | None:
    with exclusive(LOCK) as mine:
        if not mine:
            return None
        if not SavedSearch.objects.exists():
            _forget_everything()
            return None
        return step(timezone.now())


@transaction.atomic
def _forget_everything() -> None:
    """Nobody keeps a search: what is new interests nobody. Whoever keeps one next begins with a new survey."""
    for rows in (Arrival.objects.all(), Survey.objects.all(), KnownThing.objects.all()):
        if rows.exists():
            rows.delete()


def _survey_some(now: datetime.datetime) -> Looked | None:
    """Read some of what can be found for the first time; what has changed since is left to its arrival."""
    survey, _created = Survey.objects.get_or_create(pk=ONLY)
    if survey.is_done:
        return None
    each = next((one for one in sources() if one.name == survey.source), sources()[0])
    pks = [str(pk) for pk in islice(_left(each, survey.last_pk if survey.source else ""), CHUNK)]
    found = read((each.name, pk) for pk in pks)
    with transaction.atomic():
        changed = _changed(each.name, pks)
        names = [f"{each.name}:{pk}" for pk in pks if pk not in changed]
        keep(names, found.documents, known_things(names), now=now)
        survey.source, survey.last_pk, survey.is_done = _after(each, pks)
        survey.save()
    return Looked(surveyed=len(pks))


@transaction.atomic
def survey_everything(*, now: datetime.datetime) -> None:
    """Read everything that can be found, and take it for known, even what no index has learnt of yet."""
    for each in sources():
        pks = (str(pk) for pk in each.all_pks())
        while some := list(islice(pks, CHUNK)):
            names = [f"{each.name}:{pk}" for pk in some]
            keep(names, read((each.name, pk) for pk in some).documents, known_things(names), now=now)
    Survey.objects.update_or_create(pk=ONLY, defaults={"is_done": True})


def _left(each: SearchSource, last: str) -> Iterable[Any]:
    if not last:
        return each.all_pks()
    after = each.model._meta.pk.to_python(last)  # type: ignore[attr-defined]
    return (pk for pk in each.all_pks() if pk > after)


def _changed(name: str, pks: Sequence[str]) -> set[str]:
    """What an index is about to learn of, or has learnt of: it may be new."""
    found: set[str] = set()
    for rows in (Arrival.objects, OutboxEntry.objects):
        found.update(rows.filter(source=name, object_pk__in=pks).values_list("object_pk", flat=True))
    return found


def _after(each: SearchSource, pks: Sequence[str]) -> tuple[str, str, bool]:
    """Where the survey goes on: source, key read last, and whether everything has been read."""
    if len(pks) == CHUNK:
        return each.name, pks[-1], False
    names = [one.name for one in sources()]
    rest = names[names.index(each.name) + 1 :]
    return (rest[0], "", False) if rest else (each.name, "", True)


def _gains(now: datetime.datetime) -> Looked | None:
    """What people find because they are somebody else now."""
    found = look_for_gains(now=now)
    return Looked(found=found) if found else None


def _arrivals(now: datetime.datetime) -> Looked | None:
    """Ask all saved searches about some of what arrived in the index."""
    last = Arrival.objects.aggregate(last=Max("pk"))["last"]
    arrived: dict[Thing, datetime.datetime] = {
        (row.source, row.object_pk): row.at for row in Arrival.objects.order_by("pk")[:CHUNK]
    }
    if not arrived:
        return None
    now_read = read(arrived)
    names = [f"{name}:{pk}" for name, pk in arrived if f"{name}:{pk}" not in now_read.failed]
    known = known_things(names)
    news = [
        one
        for name, document in now_read.documents.items()
        if (one := news_of(document, known.get(name), at=arrived[thing_of(name)], now=now)).is_any
    ]
    found = _found(news) if news else {}
    with transaction.atomic():
        keep(names, now_read.documents, known, now=now)
        count = add_results(found, now=now)
        for name in {name for name, _pk in arrived}:
            pks = [pk for owner, pk in arrived if owner == name]
            # Whatever of them had arrived before they were read has been seen in what was read.
            Arrival.objects.filter(source=name, object_pk__in=pks, pk__lte=last).delete()
    return Looked(arrived=len(arrived), found=count)


def _found(news: Sequence[News]) -> dict[int, set[str]]:
    """Number of a saved search → what of the news it finds for its owner."""
    found: dict[int, set[str]] = {}
    concerned: dict[frozenset[str], dict[str, datetime.datetime]] = {}
    with inquiry([one.document for one in news]) as asked:
        for person in people():
            if person.tokens not in concerned:
                concerned[person.tokens] = {
                    one.document.object_id: one.at for one in news if one.concerns(person.tokens)
                }
            new = concerned[person.tokens]
            if new:
                found |= {search.pk: _of(search, person, new, asked) for search in person.searches}
    return found


def _of(search: SavedSearch, person: Person, new: dict[str, datetime.datetime], asked: Inquiry) -> set[str]:
    """What was in the index already when the search was saved, was among its results then."""
    try:
        answer = asked.answer(search, person.tokens)
    except EngineUnavailableError:
        raise
    except Exception:
        logger.exception("Saved search %s cannot be asked", search.pk)
        return set()
    return {name for name in answer if name in new and new[name] > search.created_at}
