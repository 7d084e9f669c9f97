"""What becomes findable because a person becomes somebody else: a new role, another unit, standing in.

Nothing changed in the index then, so its arrivals tell nothing of it; the engine is asked what the new tokens open.
"""

import datetime
import logging

from django.db import transaction

from search.engines.base import EngineUnavailableError
from search.finding import find
from search.saving.asking import question
from search.saving.known import known_things
from search.saving.models import Watcher
from search.saving.people import Person, people
from search.saving.results import MOST_KEPT, add_results
from search.saving.rules import finders

logger = logging.getLogger(__name__)


def look_for_gains(*, now: datetime.datetime) -> int:
    """Note what people find since their tokens changed; how many results there are.

    While no engine answers, their former tokens stay noted, and they are asked for again at the next look.
    """
    found = 0
    for person in people():
        if person.tokens == person.before:
            continue
        try:
            results = _gained(person, now) if person.tokens - person.before else {}
        except EngineUnavailableError as error:
            logger.warning("What people find in their new roles is asked for later: %s", error)
            return found
        found += _write(person, results, now)
    return found


def _gained(person: Person, now: datetime.datetime) -> dict[int, set[str]]:
    """What each search finds through new tokens alone; what the former ones opened, is not new."""
    gained = person.tokens - person.before
    results: dict[int, set[str]] = {}
    for search in person.searches:
        try:
            hits = find(question(search.asked, gained, MOST_KEPT)).results.hits
        except EngineUnavailableError:
            raise
        except Exception:
            # One search's trouble keeps nobody from being told of anything else.
            logger.exception("Saved search %s cannot be asked", search.pk)
            continue
        results[search.pk] = {hit.object_id for hit in hits}
    things = known_things({name for names in results.values() for name in names})
    old = {name for name, thing in things.items() if not person.before.isdisjoint(finders(thing.tokens, now))}
    return {number: names - old for number, names in results.items()}


@transaction.atomic
def _write(person: Person, results: dict[int, set[str]], now: datetime.datetime) -> int:
    tokens = sorted(person.tokens)
    Watcher.objects.update_or_create(user=person.user, defaults={"tokens": tokens})
    return add_results(results, now=now)
