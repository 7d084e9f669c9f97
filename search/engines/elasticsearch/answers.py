"""Answers of a cluster to questions: which requests a page of results takes, one after the other or together."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from search.dsl import ApiError, ConnectionTimeout, Elasticsearch, Search, TransportError
from search.engines.base import EngineSlowError, EngineUnavailableError, Hit, Query, Results
from search.engines.elasticsearch.request import counting, explaining, following, listing, ranking, showing
from search.engines.elasticsearch.response import apart, counted, grouped, groups, hits, in_order, total


@contextmanager
def translated() -> Iterator[None]:
    """Say EngineUnavailableError for everything the client raises."""
    try:
        yield
    except ConnectionTimeout as error:
        raise EngineSlowError(f"{type(error).__name__}: {error}"[:500]) from error
    except (ApiError, TransportError) as error:
        raise EngineUnavailableError(f"{type(error).__name__}: {error}"[:500]) from error


class Answers:
    """Puts questions to the index behind an alias. Raises what the client raises, and EngineUnavailableError."""

    def __init__(self, client: Elasticsearch, alias: str, *, timeout: str) -> None:
        """`timeout`: after which the cluster gives up, in its notation."""
        self._client, self._alias, self._timeout = client, alias, timeout

    def search(self, query: Query) -> Results:
        """A page of results with its counts."""
        if query.by_whole:
            answer = self._asked(listing(query))
            return counted(answer, query, self._explained(query, answer))
        answer, counts = self._asked_together(ranking(query), counting(query))
        found = self._things(query, answer, total(counts)) if query.grouped else self._parts(query, answer)
        return counted(counts, query, found)

    def _explained(self, query: Query, answer: Mapping[str, Any]) -> list[Hit]:
        """The things of a page, each through what answers best in it; where nothing was asked, as a whole."""
        key = "id" if query.understood.is_empty or not query.grouped else "object_id"
        names = [hit["fields"][key][0] for hit in answer["hits"]["hits"]]
        request = showing if key == "id" else explaining
        return in_order(self._asked(request(query, names)), query, names, key) if names else []

    def _parts(self, query: Query, answer: Mapping[str, Any]) -> list[Hit]:
        """Every part for itself."""
        names = apart(answer)[query.offset : query.offset + query.size]
        return in_order(self._asked(showing(query, names)), query, names, "id") if names else []

    def _things(self, query: Query, answer: Mapping[str, Any], total: int) -> list[Hit]:
        """Things, each through its best part; beyond the best parts they are asked for one by one."""
        things = groups(answer)
        page = things[query.offset : query.offset + query.size]
        names = [name for group in page for name in group.read]
        found = grouped(self._asked(showing(query, names)), query, page) if names else []
        missing = query.size - len(page)
        if missing and query.offset + len(page) < total:
            offset = max(0, query.offset - len(things))
            further = following(query, [group.object_id for group in things], offset, missing)
            found += hits(self._asked(further), query)
        return found

    def _asked_together(self, *requests: Search) -> list[Mapping[str, Any]]:
        lines: list[Mapping[str, Any]] = []
        for request in requests:
            lines += [{}, self._body(request)]
        answers = self._client.msearch(index=self._alias, searches=lines)["responses"]
        return [_whole(answer) for answer in answers]

    def _asked(self, request: Search) -> Mapping[str, Any]:
        return _whole(self._client.search(index=self._alias, body=self._body(request)).body)

    def _body(self, request: Search) -> dict[str, Any]:
        return {**request.to_dict(), "timeout": self._timeout}


def _whole(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer, if every shard gave its part in time."""
    if "error" in answer:
        raise EngineUnavailableError(str(answer["error"])[:500])
    # A shard that no node has does not even count as failed.
    if answer["timed_out"] or answer["_shards"]["successful"] < answer["_shards"]["total"]:
        raise EngineUnavailableError("Elasticsearch answered in part only.")
    return answer
