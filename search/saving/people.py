"""Who keeps searches, and with which audience tokens they are asked now: a handful of queries for everybody."""

from collections.abc import Collection
from dataclasses import dataclass, field

from portal.accounts.models import User
from portal.units.access import access_for, prepare_access
from search.saving.models import SavedSearch, Watcher


@dataclass
class Person:
    """Somebody with running searches."""

    user: User
    tokens: frozenset[str]
    before: frozenset[str]
    """The tokens at the last look."""
    searches: list[SavedSearch] = field(default_factory=list)


def people(only: Collection[int] | None = None) -> list[Person]:
    """Everybody who has running searches, or some of them, with the searches; four queries, however many there are."""
    running = SavedSearch.objects.running().order_by("user_id", "pk")
    if only is not None:
        running = running.filter(user__in=only)
    searches = list(running)
    users = User.objects.in_bulk({search.user_id for search in searches})
    prepare_access(users.values())
    watchers = dict(Watcher.objects.filter(user__in=users).values_list("user_id", "tokens"))
    found: dict[int, Person] = {}
    for search in searches:
        user = users.get(search.user_id)
        if user is None:
            continue
        if user.pk not in found:
            tokens = access_for(user).tokens()
            found[user.pk] = Person(user, tokens, frozenset(watchers.get(user.pk, tokens)))
        found[user.pk].searches.append(search)
    return list(found.values())
