"""Asking the engines: the first one, and the embedded one while the first is away."""

import logging
from dataclasses import dataclass, replace
from functools import lru_cache

from search.engines.base import EngineSlowError, EngineUnavailableError, Query, Results
from search.engines.breaker import Breaker
from search.engines.registry import engine, engine_names
from search.outbox import withheld
from search.tuning.reading import tuned

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """Results, and whether they come from the engine to fall back to, which ranks more simply."""

    results: Results
    engine: str
    is_fallback: bool
    promoted: frozenset[str] = frozenset()
    """`object_id` of results that administrators put first."""


@lru_cache(maxsize=8)
def breaker(name: str) -> Breaker:
    """The circuit breaker of an engine in this process."""
    return Breaker()


def find(query: Query) -> Finding:
    """Answer a question; EngineUnavailableError when no engine can.

    What administrators decided about words and first results is added here. What was withdrawn and is not out of the
    index yet is left out here, so that a withdrawal holds at once.
    """
    query = tuned(query)
    names = engine_names()
    for name in names:
        guard = breaker(name)
        if not guard.allows():
            continue
        try:
            results = engine(name).search(replace(query, withheld=query.withheld | withheld(name)))
        except EngineUnavailableError as error:
            guard.failed(at_once=isinstance(error, EngineSlowError))
            logger.warning("Search engine %s did not answer: %s", name, error)
            continue
        guard.succeeded()
        return Finding(results, name, is_fallback=name != names[0], promoted=frozenset(query.pinned))
    raise EngineUnavailableError("No search engine answers.")
