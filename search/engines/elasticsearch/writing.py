"""Writing documents into an index, many at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from search.documents import SearchDocument, object_of
from search.dsl import Elasticsearch, streaming_bulk
from search.engines.base import EngineUnavailableError, Rejected

BULK_DOCUMENTS, BULK_BYTES = 500, 10 * 1024 * 1024

_REFUSED_FOR_CONTENT = frozenset({400, 413})
"""Statuses that blame the document. Whatever else goes wrong is the engine's own trouble and passes."""


def written(client: Elasticsearch, index: str, actions: Sequence[dict[str, Any]], *, is_alias: bool) -> list[Rejected]:
    """Do these things; gives what the cluster refused for its content. What is deleted may be gone already.

    Raises what the client raises, and EngineUnavailableError where the cluster's own trouble is why it refused.
    """
    rejected: list[Rejected] = []
    for ok, item in streaming_bulk(
        client,
        actions,
        index=index,
        require_alias=is_alias,
        chunk_size=BULK_DOCUMENTS,
        max_chunk_bytes=BULK_BYTES,
        raise_on_error=False,
    ):
        ((operation, outcome),) = item.items()
        if ok or (operation == "delete" and outcome["status"] == 404):
            continue
        if outcome["status"] not in _REFUSED_FOR_CONTENT:
            raise EngineUnavailableError(_reason(outcome))
        rejected.append(Rejected(object_of(outcome["_id"]), _reason(outcome)))
    return rejected


def putting(document: SearchDocument) -> dict[str, Any]:
    """The action that puts a document into an index, in place of what has its name."""
    return {
        "_op_type": "index",
        "_id": document.id,
        "id": document.id,
        "object_id": document.object_id,
        "kind": document.kind,
        "whole": document.is_whole,
        "name": document.clean_title,
        "label": document.label,
        "title": document.searched_title,
        "extra": document.clean_extra,
        "context": document.clean_context,
        "body": document.clean_body,
        "inner": document.clean_inner or None,
        "numbers": list(document.number_keys),
        "audience": sorted(document.audience),
        "url": document.url,
        "date": document.date.isoformat() if document.date else None,
        "facets": {name: list(values) for name, values in document.all_facets.items()},
        "shown": dict(document.shown),
        "content_hash": document.content_hash,
    }


def _reason(outcome: Mapping[str, Any]) -> str:
    error = outcome.get("error", "")
    return str(error.get("reason", error) if isinstance(error, Mapping) else error)[:500]
