"""What a person may still see of what was found: asked of the models whenever it is shown, counted or told."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from portal.units.access import access_for
from search.draining import thing_of
from search.saving.models import KnownThing, NewResult
from search.saving.rules import PRESENT
from search.sources.registry import source

if TYPE_CHECKING:
    from portal.accounts.models import User


def still_visible(user: "User", things: Iterable[KnownThing]) -> frozenset[str]:
    """`object_id` of those things that the person may find and open now; as many queries as there are kinds.

    Both must say yes: the audience in the index, and the models' own `visible_to`.
    """
    tokens = access_for(user).tokens()
    by_source: dict[str, list[str]] = defaultdict(list)
    for thing in things:
        if any(lost == PRESENT and token in tokens for token, lost in thing.tokens.items()):
            name, pk = thing_of(thing.object_id)
            by_source[name].append(pk)
    return frozenset(f"{name}:{pk}" for name, pks in by_source.items() for pk in source(name).visible(user, pks))


def visible_results(user: "User", results: Collection[NewResult]) -> list[NewResult]:
    """Those results that the person may still see."""
    seen = still_visible(user, {result.thing_id: result.thing for result in results}.values())
    return [result for result in results if result.thing.object_id in seen]
