"""Elasticsearch's answers as results."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from search.engines.base import LOWERED, LOWERED_TO, FacetCount, Hit, Marked, Piece, Place, Query, Results
from search.engines.elasticsearch.request import AFTER, BEFORE
from search.engines.grouping import OTHERS, WORTHWHILE, worth
from search.engines.marking import from_markers, mark, spans


@dataclass
class Group:
    """A thing and its parts that were found, the best first."""

    object_id: str
    names: list[str] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)

    @property
    def shown(self) -> list[str]:
        """The best part, and a few that answer nearly as well."""
        near = [name for name, score in zip(self.names, self.scores, strict=True) if score >= WORTHWHILE * self.best]
        return near[: OTHERS + 1]

    @property
    def best(self) -> float:
        """Its best part's score."""
        return self.scores[0]


def groups(answer: Mapping[str, Any]) -> list[Group]:
    """The things whose parts were found, the best first."""
    found: dict[str, Group] = {}
    for hit in answer["hits"]["hits"]:
        (name,) = hit["fields"]["object_id"]
        group = found.setdefault(name, Group(name))
        group.names.append(hit["_id"])
        group.scores.append(_score(hit))
    for group in found.values():
        group.names, group.scores = _best_first(group)
    return sorted(found.values(), key=lambda group: -worth(group.scores))


def _score(hit: Mapping[str, Any]) -> float:
    """How well it answers; what is no longer in force counts less. A promotion outweighs that."""
    score = float(hit["_score"] or 0.0)
    is_lowered = any(
        value in values for name, values in LOWERED.items() for value in hit["fields"].get(f"facets.{name}", ())
    )
    return score * LOWERED_TO if is_lowered else score


def _best_first(group: Group) -> tuple[list[str], list[float]]:
    order = sorted(range(len(group.names)), key=lambda place: -group.scores[place])
    return [group.names[place] for place in order], [group.scores[place] for place in order]


def counted(answer: Mapping[str, Any], query: Query, hits: Sequence[Hit]) -> Results:
    """Results with total and counts."""
    wholes = answer["aggregations"]["wholes"]
    total = wholes["total"]["doc_count"]
    facets = {
        name: tuple(FacetCount(str(one["key"]), one["doc_count"]) for one in wholes[name]["values"]["buckets"])
        for name in query.facets
    }
    complete = wholes["complete"]["doc_count"] if "complete" in wholes else None
    return Results(hits=tuple(hits), total=total, complete=complete, facets=facets)


def hits(answer: Mapping[str, Any], query: Query) -> list[Hit]:
    """What was found, as it is shown, in its order."""
    return [_hit(hit, query) for hit in answer["hits"]["hits"]]


def grouped(found: Sequence[Hit], wanted: Sequence[Group]) -> list[Hit]:
    """The things in their order, each as its best part with its other parts beside it; what is gone is left out."""
    by_name = {hit.id: hit for hit in found}
    things: list[Hit] = []
    for group in wanted:
        shown = [by_name[name] for name in group.shown if name in by_name]
        if shown:
            others = tuple(Place(hit.label, hit.url) for hit in shown[1:] if hit.label)
            things.append(replace(shown[0], others=others, score=worth(group.scores)))
    return things


def _hit(hit: Mapping[str, Any], query: Query) -> Hit:
    source = hit["_source"]
    title = source["name"]
    return Hit(
        id=hit["_id"],
        object_id=source["object_id"],
        kind=source["kind"],
        title=mark(title, spans(title, query.wanted if query.marked else ())),
        passage=_passage(hit.get("highlight", {})),
        url=source["url"],
        date=datetime.date.fromisoformat(source["date"]) if source.get("date") else None,
        shown=source.get("shown", {}),
        score=hit.get("_score") or 0.0,
        label=source.get("label") or "",
    )


def _passage(highlights: Mapping[str, list[str]]) -> Marked:
    """Whichever passage has more of what was asked for."""
    candidates = [
        from_markers(text, BEFORE, AFTER)
        for name in ("body.paired", "body", "inner.paired", "inner")
        for text in highlights.get(name, [])
    ]
    best: Marked = max(candidates, key=_marked_characters, default=())
    return (*best, Piece("…")) if best else ()


def _marked_characters(pieces: Marked) -> int:
    return sum(len(piece.text) for piece in pieces if piece.matched)
