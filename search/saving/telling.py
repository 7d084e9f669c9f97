"""Telling people what their saved searches newly found: one message for all of a person's searches that are due.

What is told is asked for once more at this moment: whether the search still finds it for this person, and whether the
models let the person see it. The message and the note that it was written are one transaction.
"""

import datetime
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.notifications.enums import Kind
from portal.notifications.services import Words, notify
from search.draining import thing_of
from search.engines.base import EngineUnavailableError
from search.locks import exclusive
from search.saving.asking import Inquiry, inquiry, read
from search.saving.enums import Cadence
from search.saving.models import NewResult, SavedSearch, Watcher
from search.saving.people import Person, people
from search.saving.seeing import visible_results
from search.saving.services import due_after

logger = logging.getLogger(__name__)

LOCK = "search.saving.alerts"
PEOPLE = 25
"""So many people are told in one step."""

LOOKED_AT = 10
"""Of so many results of a search it is asked once more whether they are to be told; one is enough."""

Results = dict[int, list[NewResult]]
"""Number of a saved search → results, the latest first."""


@dataclass(frozen=True)
class Told:
    """How many people one step told, and of how many searches."""

    people: int = 0
    searches: int = 0


@dataclass(frozen=True)
class Times:
    """The moment at which people are told, and for each cadence the next one after it."""

    now: datetime.datetime
    following: dict[Cadence, datetime.datetime | None]


def tell() -> Iterator[Told]:
    """Tell everybody who is to be told now, some people at a time, each person once."""
    times, last = _times(timezone.now()), 0
    while True:
        with exclusive(LOCK) as mine:
            if not mine:
                return
            _put_off(times)
            due = _due(times.now).filter(user_id__gt=last).order_by("user_id").values_list("user_id", flat=True)
            numbers = list(due.distinct()[:PEOPLE])
            if not numbers:
                return
            told, last = _tell(people(numbers), times), numbers[-1]
        yield told


def _due(now: datetime.datetime) -> Any:
    """Searches whose owners are to be told now, and that found something since they were told last."""
    untold = NewResult.objects.untold().filter(search=OuterRef("pk")).order_by()
    return SavedSearch.objects.alerting().filter(Exists(untold), Q(cadence=Cadence.AT_ONCE) | Q(due_at__lte=now))


def _times(now: datetime.datetime) -> Times:
    return Times(now, {cadence: due_after(cadence, now) for cadence in Cadence})


def _put_off(times: Times) -> None:
    """What is due and found nothing has its turn at the next time."""
    untold = NewResult.objects.untold().filter(search=OuterRef("pk")).order_by()
    for cadence in (Cadence.DAILY, Cadence.WEEKLY):
        idle = SavedSearch.objects.filter(~Exists(untold), cadence=cadence, due_at__lte=times.now)
        if idle.exists():
            idle.update(due_at=times.following[cadence])


def _tell(persons: Sequence[Person], times: Times) -> Told:
    """Look at what is due of these people once more, and write to each what is left."""
    found = _untold([search for person in persons for search in person.searches if _is_due(search, times.now)])
    seen = {person.user.pk: _seen(person, found) for person in persons}
    names = {result.thing.object_id for results in seen.values() for some in results.values() for result in some}
    documents = read(thing_of(name) for name in sorted(names)).documents
    told = searches = 0
    with inquiry(list(documents.values())) as asked:
        for person in persons:
            try:
                good = _answered(person, seen[person.user.pk], asked)
                number = _write(person, found, seen[person.user.pk], good, times)
            except EngineUnavailableError:
                raise
            except Exception:
                # One person's trouble keeps nobody else from being told; it is tried again at the next turn.
                logger.exception("Saved searches of account %s could not be told of", person.user.pk)
                continue
            told, searches = told + bool(number), searches + number
    return Told(told, searches)


def _seen(person: Person, found: Results) -> Results:
    """The latest few results of each of the person's searches that the models still let the person see."""
    own = [result for search in person.searches for result in found.get(search.pk, ())]
    seen: Results = {}
    for result in visible_results(person.user, own):
        some = seen.setdefault(result.search_id, [])
        if len(some) < LOOKED_AT:
            some.append(result)
    return seen


def _answered(person: Person, seen: Results, asked: Inquiry) -> set[int]:
    """Numbers of those results that the searches still find for the person."""
    return {
        result.pk
        for search in person.searches
        for result in seen.get(search.pk, ())
        if result.thing.object_id in asked.answer(search, person.tokens)
    }


def _is_due(search: SavedSearch, now: datetime.datetime) -> bool:
    return search.cadence == Cadence.AT_ONCE or (search.due_at is not None and search.due_at <= now)


def _untold(searches: Sequence[SavedSearch]) -> Results:
    """What the searches found and nobody was told of, the latest first."""
    found: Results = defaultdict(list)
    rows = NewResult.objects.untold().filter(search__in=[search.pk for search in searches])
    for result in rows.select_related("thing").order_by("-found_at", "-pk"):
        found[result.search_id].append(result)
    return found


@transaction.atomic
def _write(person: Person, found: Results, seen: Results, good: AbstractSet[int], times: Times) -> int:
    """Write the message, and note that it was written; how many searches it names. What is not found any more goes."""
    watcher, _created = Watcher.objects.select_for_update().get_or_create(
        user=person.user, defaults={"tokens": sorted(person.tokens)}
    )
    # The searches before their results, and each in its turn, as whoever finds something new locks them.
    own = SavedSearch.objects.alerting().filter(pk__in=[search.pk for search in person.searches])
    locked = list(own.select_for_update(of=("self",)).order_by("pk"))
    _drop_stale(person, found, seen, good)
    now = times.now
    fresh = set(NewResult.objects.untold().filter(pk__in=good).values_list("search", flat=True))
    searches = sorted((search for search in locked if search.pk in fresh), key=lambda search: (search.name, search.pk))
    if not searches:
        return 0
    watcher.alerts += 1
    watcher.save(update_fields=["alerts"])
    notify(
        recipient=person.user,
        kind=Kind.SEARCH_ALERT,
        key=f"saved-searches:{watcher.alerts}",
        words=lambda: _words(searches),
        address=_address(searches),
        now=now,
    )
    NewResult.objects.untold().filter(search__in=searches, found_at__lte=now).update(told_at=now)
    for cadence, due_at in times.following.items():
        SavedSearch.objects.filter(pk__in=[one.pk for one in searches], cadence=cadence).update(due_at=due_at)
    return len(searches)


def _drop_stale(person: Person, found: Results, seen: Results, good: AbstractSet[int]) -> None:
    """Results that the person may not see any more, or that were asked for and are not found."""
    stale: list[int] = []
    for search in person.searches:
        looked_at = {result.pk for result in seen.get(search.pk, ())}
        # Beyond the few that were looked at nothing is known, unless there are no few.
        stale += looked_at - good if looked_at else [result.pk for result in found.get(search.pk, ())]
    NewResult.objects.untold().filter(pk__in=stale).delete()


def _words(searches: Sequence[SavedSearch]) -> Words:
    """The names of the searches and nothing of what they found: who may see that is asked when it is looked at."""
    names = [search.name for search in searches]
    if len(names) == 1:
        return Words(_("Something new for your search: %(name)s") % {"name": names[0]})
    title = ngettext(
        "%(n)d of your searches found something new", "%(n)d of your searches found something new", len(names)
    )
    return Words(title % {"n": len(names)}, "\n".join(names))


def _address(searches: Sequence[SavedSearch]) -> str:
    if len(searches) == 1:
        return reverse("search:saving:open", args=[searches[0].pk])
    return reverse("search:saving:mine")
