"""Telling people what their saved searches newly found: one message for all of a person's searches that are due.

What is told is asked for once more at this moment: whether the search still finds it for this person, and whether the
models let the person see it. The message and the note that it was written are one transaction.
"""

import datetime
import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
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
from search.locks import exclusive
from search.saving.asking import inquiry, read
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


@dataclass(frozen=True)
class Told:
    """How many people one step told, and of how many searches."""

    people: int = 0
    searches: int = 0


def tell() -> Iterator[Told]:
    """Tell everybody who is to be told now, some people at a time, each person once."""
    now, last = timezone.now(), 0
    while True:
        with exclusive(LOCK) as mine:
            if not mine:
                return
            _put_off(now)
            due = _due(now).filter(user_id__gt=last).order_by("user_id").values_list("user_id", flat=True)
            numbers = list(due.distinct()[:PEOPLE])
            if not numbers:
                return
            told, last = _tell(people(numbers), now), numbers[-1]
        yield told


def _due(now: datetime.datetime) -> Any:
    """Searches whose owners are to be told now, and that found something since they were told last."""
    untold = NewResult.objects.untold().filter(search=OuterRef("pk")).order_by()
    return SavedSearch.objects.alerting().filter(Exists(untold), Q(cadence=Cadence.AT_ONCE) | Q(due_at__lte=now))


def _put_off(now: datetime.datetime) -> None:
    """What is due and found nothing has its turn at the next time."""
    untold = NewResult.objects.untold().filter(search=OuterRef("pk")).order_by()
    for cadence in (Cadence.DAILY, Cadence.WEEKLY):
        idle = SavedSearch.objects.filter(~Exists(untold), cadence=cadence, due_at__lte=now)
        if idle.exists():
            idle.update(due_at=due_after(cadence, now))


def _tell(persons: Sequence[Person], now: datetime.datetime) -> Told:
    """Look at what is due of these people once more, and write to each what is left."""
    found = _untold([search for person in persons for search in person.searches if _is_due(search, now)])
    names = {result.thing.object_id for results in found.values() for result in results}
    documents = read(thing_of(name) for name in sorted(names)).documents
    told = searches = 0
    with inquiry(list(documents.values())) as asked:
        for person in persons:
            own = {search.pk: search for search in person.searches if search.pk in found}
            try:
                answered = [
                    result
                    for number, search in own.items()
                    for result in found[number]
                    if result.thing.object_id in asked.answer(search, person.tokens)
                ]
                good = visible_results(person.user, answered)
                number = _write(person, own, found, good, now)
            except Exception:
                # One person's trouble keeps nobody else from being told; it is tried again at the next turn.
                logger.exception("Saved searches of account %s could not be told of", person.user.pk)
                continue
            told, searches = told + bool(number), searches + number
    return Told(told, searches)


def _is_due(search: SavedSearch, now: datetime.datetime) -> bool:
    return search.cadence == Cadence.AT_ONCE or (search.due_at is not None and search.due_at <= now)


def _untold(searches: Sequence[SavedSearch]) -> dict[int, list[NewResult]]:
    """The latest few untold results of each of the searches that have any."""
    found: dict[int, list[NewResult]] = defaultdict(list)
    rows = NewResult.objects.untold().filter(search__in=[search.pk for search in searches])
    for result in rows.select_related("thing").order_by("-found_at", "-pk"):
        if len(found[result.search_id]) < LOOKED_AT:
            found[result.search_id].append(result)
    return found


@transaction.atomic
def _write(
    person: Person,
    own: dict[int, SavedSearch],
    found: dict[int, list[NewResult]],
    good: Collection[NewResult],
    now: datetime.datetime,
) -> int:
    """Write the message, and note that it was written; how many searches it names. What is not found any more goes."""
    watcher, _created = Watcher.objects.select_for_update().get_or_create(
        user=person.user, defaults={"tokens": sorted(person.tokens)}
    )
    kept = {result.pk for result in good}
    stale = [result.pk for number in own for result in found[number] if result.pk not in kept]
    NewResult.objects.untold().filter(pk__in=stale).delete()
    fresh = NewResult.objects.untold().filter(pk__in=kept)
    named = SavedSearch.objects.alerting().filter(pk__in=list(fresh.order_by().values_list("search", flat=True)))
    searches = list(named.select_for_update(of=("self",)).order_by("name", "pk"))
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
    for search in searches:
        search.due_at = due_after(Cadence(search.cadence), now)
    SavedSearch.objects.bulk_update(searches, ["due_at"])
    return len(searches)


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
