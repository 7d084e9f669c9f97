"""What Elasticsearch finds by itself: one `match` over the same text, with an analyser that it brings along."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from search.documents import SearchDocument, part_of
from search.dsl import Elasticsearch, streaming_bulk
from search.evaluation.measures import DEEPEST
from search.understanding import MAX_TEXT

ANALYSERS = ("standard", "cjk")
SECONDS = 60.0
PARTS = 300
"""Hits from which documents are put together."""


class Plain:
    """An index with one text field. `mapping` and query are what a tutorial shows."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client, self._index = client, index

    def load(self, documents: Iterable[SearchDocument]) -> int:
        """Bare `helpers.bulk`."""
        count = sum(ok for ok, _item in streaming_bulk(self._client, map(self._action, documents)))
        self._client.indices.refresh(index=self._index)
        return count

    def find(self, text: str, *, by_document: bool) -> list[str]:
        """What matches any word; documents in the order of their best parts."""
        hits = self._ask(text, PARTS if by_document else DEEPEST)["hits"]["hits"]
        if not by_document:
            return [part_of(one["_id"]) for one in hits]
        return list(dict.fromkeys(one["_source"]["object_id"].partition(":")[2] for one in hits))[:DEEPEST]

    def answer(self, text: str) -> None:
        """Twenty hits and nothing else."""
        self._ask(text, 20)

    def _ask(self, text: str, size: int) -> Any:
        query = {"match": {"text": text[:MAX_TEXT]}}
        return self._client.search(index=self._index, query=query, size=size, source_includes=["object_id"])

    def _action(self, document: SearchDocument) -> dict[str, Any]:
        text = "\n".join((document.clean_title, document.clean_context, document.clean_body, document.clean_inner))
        return {"_index": self._index, "_id": document.id, "object_id": document.object_id, "text": text}


@contextmanager
def plain(url: str, analyser: str) -> Iterator[Plain]:
    """An index for a while."""
    index = f"evaluation-{analyser}-{uuid.uuid4().hex}"
    with Elasticsearch(url, request_timeout=SECONDS) as client:
        client.indices.create(
            index=index,
            settings={"number_of_shards": 1, "number_of_replicas": 0},
            mappings={"properties": {"object_id": {"type": "keyword"}, "text": {"type": "text", "analyzer": analyser}}},
        )
        try:
            yield Plain(client, index)
        finally:
            client.indices.delete(index=index, ignore_unavailable=True)
