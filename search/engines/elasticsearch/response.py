"""Elasticsearch's answer as results."""

import datetime
from collections.abc import Mapping
from typing import Any

from search.engines.base import FacetCount, Hit, Marked, Piece, Query, Results
from search.engines.elasticsearch.request import AFTER, BEFORE
from search.engines.marking import Span, from_markers, mark


def results(answer: Mapping[str, Any], query: Query) -> Results:
    """Hits, total and counts."""
    facets = {
        name: tuple(
            FacetCount(str(bucket["key"]), bucket["doc_count"])
            for bucket in answer["aggregations"][name]["values"]["buckets"]
        )
        for name in query.facets
    }
    # The total of a request with a post filter is that of the filtered hits.
    return Results(
        hits=tuple(_hit(hit) for hit in answer["hits"]["hits"]),
        total=answer["hits"]["total"]["value"],
        facets=facets,
    )


def _hit(hit: Mapping[str, Any]) -> Hit:
    source, highlights = hit["_source"], hit.get("highlight", {})
    return Hit(
        id=hit["_id"],
        object_id=source["object_id"],
        kind=source["kind"],
        title=_title(source["title"], highlights),
        passage=_passage(highlights),
        url=source["url"],
        date=datetime.date.fromisoformat(source["date"]) if source.get("date") else None,
        shown=source.get("shown", {}),
        score=hit.get("_score") or 0.0,
    )


def _title(title: str, highlights: Mapping[str, list[str]]) -> Marked:
    """What pairs and what phrases marked, together."""
    found: list[Span] = []
    for field in ("title", "title.paired"):
        for text in highlights.get(field, []):
            end = 0
            for piece in from_markers(text, BEFORE, AFTER):
                end += len(piece.text)
                if piece.matched:
                    found.append((end - len(piece.text), end))
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return mark(title, merged)


def _passage(highlights: Mapping[str, list[str]]) -> Marked:
    """Whichever passage has more of what was asked for."""
    candidates = [
        from_markers(text, BEFORE, AFTER) for field in ("body.paired", "body") for text in highlights.get(field, [])
    ]
    best: Marked = max(candidates, key=_marked_characters, default=())
    return (*best, Piece("…")) if best else ()


def _marked_characters(pieces: Marked) -> int:
    return sum(len(piece.text) for piece in pieces if piece.matched)
