"""What an index on the cluster holds, document by document, for comparing it with the database."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from search.dsl import Elasticsearch, NotFoundError
from search.engines.base import Held

PAGE = 1_000
CHUNK = 500
"""Objects in one question; a cluster takes 65,536."""
KEPT_OPEN = "5m"
"""How long the cluster keeps the state being read between two pages; each page asked for prolongs it."""

_SOURCE = {"includes": ["object_id", "content_hash"]}


def held(client: Elasticsearch, index: str) -> Iterator[Held]:
    """Every document of one state of the index, a page at a time, in the order in which the shards keep them.

    That order needs no field, so documents that somebody else wrote, without any of ours, are met too.
    """
    client.indices.refresh(index=index)
    state = client.open_point_in_time(index=index, keep_alive=KEPT_OPEN)["id"]
    after: list[Any] | None = None
    try:
        while True:
            answer = client.search(
                pit={"id": state, "keep_alive": KEPT_OPEN},
                sort=["_shard_doc"],
                size=PAGE,
                search_after=after,
                source=_SOURCE,
                track_total_hits=False,
                # A shard that is missing must not look like documents that are.
                allow_partial_search_results=False,
            )
            hits: Sequence[Mapping[str, Any]] = answer["hits"]["hits"]
            yield from map(_held, hits)
            if len(hits) < PAGE:
                return
            state, after = answer["pit_id"], hits[-1]["sort"]
    finally:
        client.close_point_in_time(id=state)


def held_of(client: Elasticsearch, index: str, objects: Collection[str]) -> list[Held]:
    """The documents of some objects, as the index holds them now."""
    client.indices.refresh(index=index)
    names = sorted(objects)
    return [
        one for start in range(0, len(names), CHUNK) for one in _held_of(client, index, names[start : start + CHUNK])
    ]


def _held_of(client: Elasticsearch, index: str, objects: Sequence[str]) -> Iterator[Held]:
    after: list[Any] | None = None
    while True:
        answer = client.search(
            index=index,
            query={"terms": {"object_id": list(objects)}},
            sort=["id"],
            size=PAGE,
            search_after=after,
            source=_SOURCE,
            # What lies on a shard that is missing would be found again with the shard.
            allow_partial_search_results=False,
        )
        hits: Sequence[Mapping[str, Any]] = answer["hits"]["hits"]
        yield from map(_held, hits)
        if len(hits) < PAGE:
            return
        after = hits[-1]["sort"]


def discard(client: Elasticsearch, index: str, ids: Collection[str]) -> None:
    """Remove documents by their own names."""
    for name in ids:
        try:
            client.delete(index=index, id=name)
        except NotFoundError:
            continue
    client.indices.refresh(index=index)


def _held(hit: Mapping[str, Any]) -> Held:
    source = hit.get("_source", {})
    return Held(hit["_id"], source.get("object_id") or "", source.get("content_hash") or "")
