"""Which engines this installation has: the one it searches with, and the embedded one to fall back to."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.engines.base import SearchEngine
from search.engines.embedded import EmbeddedEngine

EMBEDDED, ELASTICSEARCH = EmbeddedEngine.name, "elasticsearch"


def engine_names() -> tuple[str, ...]:
    """The engines that are kept filled; the first is searched, the other answers while the first is away."""
    if settings.PORTAL_SEARCH_ENGINE == ELASTICSEARCH:
        return ELASTICSEARCH, EMBEDDED
    return (EMBEDDED,)


def engine(name: str) -> SearchEngine:
    """The engine of that name."""
    if name == ELASTICSEARCH:
        return _elasticsearch(
            settings.PORTAL_ELASTICSEARCH_URL,
            settings.PORTAL_ELASTICSEARCH_PREFIX,
            settings.PORTAL_ELASTICSEARCH_SHARDS,
            settings.PORTAL_ELASTICSEARCH_REPLICAS,
            json.dumps(settings.PORTAL_ELASTICSEARCH_INDEX_SETTINGS, sort_keys=True),
        )
    return EmbeddedEngine(Path(settings.PORTAL_SEARCH_EMBEDDED_PATH))


@lru_cache(maxsize=4)
def _elasticsearch(url: str, prefix: str, shards: int, replicas: int, more: str) -> SearchEngine:
    """One client for all threads: it keeps its connections.

    Imported here, since the client takes a quarter of a second to load, which every command line without it would wait.
    """
    from search.engines.elasticsearch import ElasticsearchEngine

    return ElasticsearchEngine(url, prefix, shards=shards, replicas=replicas, more=json.loads(more))
