"""Writes of what saved searches newly found."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from search.saving.known import known_things
from search.saving.models import NewResult, SavedSearch

MOST_KEPT = 100
"""So many results of one search are kept; who has not looked at so many sees that there are more."""


AT_ONCE = 500
"""Rows written in one statement."""


@transaction.atomic
def add_results(found: Mapping[int, AbstractSet[str]], *, now: datetime.datetime) -> int:
    """Note for each search (by number) what it newly found (`object_id` of known things); how many there are.

    What was found before and is new once more has not been told of and has not been seen.
    """
    wanted = {number: names for number, names in found.items() if names}
    # A search that is deleted meanwhile takes its results along.
    there = SavedSearch.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk", flat=True)
    things = known_things({name for names in wanted.values() for name in names})
    rows = (
        NewResult(search_id=number, thing=things[name], found_at=now)
        for number in there
        for name in sorted(wanted[number] & things.keys())[:MOST_KEPT]
    )
    count = 0
    while some := list(islice(rows, AT_ONCE)):
        NewResult.objects.bulk_create(
            some,
            update_conflicts=True,
            unique_fields=["search", "thing"],
            update_fields=["found_at", "told_at", "seen_at"],
        )
        count += len(some)
    _drop_surplus(wanted)
    return count


@transaction.atomic
def mark_seen(*, search: SavedSearch, shown: Collection[NewResult], now: datetime.datetime | None = None) -> None:
    """Note that the owner has looked at these results of the search. What is found meanwhile, or once more, is new."""
    now = now or timezone.now()
    # The search before its results, as everybody locks them.
    SavedSearch.objects.filter(pk=search.pk).update(looked_at=now)
    if shown:
        latest = max(result.found_at for result in shown)
        seen = NewResult.objects.unseen().filter(search=search, pk__in=[result.pk for result in shown])
        seen.filter(found_at__lte=latest).update(seen_at=now, told_at=now)


def _drop_surplus(searches: Iterable[int]) -> None:
    full = NewResult.objects.filter(search__in=list(searches)).order_by().values("search").annotate(n=Count("pk"))
    for number in full.filter(n__gt=MOST_KEPT).values_list("search", flat=True):
        surplus = NewResult.objects.filter(search=number).order_by("-found_at", "-pk").values_list("pk", flat=True)
        NewResult.objects.filter(pk__in=list(surplus[MOST_KEPT:])).delete()
