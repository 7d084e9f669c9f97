"""Elasticsearch's answers as results."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any

from search.documents import object_of, part_of
from search.engines.base import LOWERED, LOWERED_TO, FacetCount, Hit, Place, Query, Results
from search.engines.elasticsearch.matching import PROMOTED_BOOST
from search.engines.grouping import OTHERS, WORTHWHILE, among, worth
from search.engines.marking import mark, passage, quoting, spans

_UNDATED = ("",)
_LOWERED = [(f"facets.{name}", frozenset(values)) for name, values in LOWERED.items()]


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
    def read(self) -> list[str]:
        """What is read for a page: what is shown, and of a thing that answers best itself its best part."""
        shown = self.shown
        return shown if part_of(self.names[0]) or len(shown) > 1 else self.names[:2]

    @property
    def best(self) -> float:
        """Its best part's score."""
        return self.scores[0]


def groups(answer: Mapping[str, Any]) -> list[Group]:
    """The things whose parts were found, the best first."""
    found: dict[str, Group] = {}
    for name, object_id, score in ranked(answer):
        group = found.setdefault(object_id, Group(object_id))
        group.names.append(name)
        group.scores.append(score)
    return sorted(found.values(), key=lambda group: -worth(group.scores))


def apart(answer: Mapping[str, Any]) -> list[str]:
    """Documents, every part for itself, the best first."""
    found = [
        (name, among(score, group.scores))
        for group in groups(answer)
        for name, score in zip(group.names, group.scores, strict=True)
    ]
    return [name for name, _ in sorted(found, key=lambda row: -row[1])]


def ranked(answer: Mapping[str, Any]) -> list[tuple[str, str, float]]:
    """Documents, the things they belong to, and their scores, the best first, of equals the newest."""
    found = [
        (_score(hit), hit["fields"].get("date", _UNDATED)[0], hit["fields"]["id"][0]) for hit in answer["hits"]["hits"]
    ]
    found.sort(key=itemgetter(2))
    found.sort(key=itemgetter(0, 1), reverse=True)
    return [(name, object_of(name), score) for score, _, name in found]


def _score(hit: Mapping[str, Any]) -> float:
    """How well it answers; what is no longer in force counts less, unless it is promoted."""
    score = float(hit["_score"] or 0.0)
    if score >= PROMOTED_BOOST:
        return score
    fields = hit["fields"]
    for name, values in _LOWERED:
        if name in fields and not values.isdisjoint(fields[name]):
            return score * LOWERED_TO
    return score


def total(answer: Mapping[str, Any]) -> int:
    """How many things there are."""
    return int(answer["aggregations"]["wholes"]["total"]["doc_count"])


def counted(answer: Mapping[str, Any], query: Query, hits: Sequence[Hit]) -> Results:
    """Results with total and counts."""
    wholes = answer["aggregations"]["wholes"]
    together = wholes["total"]
    counts = {name: wholes[name]["values"] if name in wholes else together[name] for name in query.facets}
    facets = {
        name: tuple(FacetCount(str(one["key"]), one["doc_count"]) for one in count["buckets"])
        for name, count in counts.items()
    }
    complete = together["complete"]["doc_count"] if "complete" in together else None
    return Results(hits=tuple(hits), total=total(answer), complete=complete, facets=facets)


def hits(answer: Mapping[str, Any], query: Query) -> list[Hit]:
    """What was found, as it is shown, in its order."""
    return [_hit(hit, query) for hit in answer["hits"]["hits"]]


def grouped(answer: Mapping[str, Any], query: Query, wanted: Sequence[Group]) -> list[Hit]:
    """The things in their order, each as its best part with its other parts beside it; what is gone is left out."""
    by_name = {hit["_id"]: hit for hit in answer["hits"]["hits"]}
    things: list[Hit] = []
    for group in wanted:
        first, *further = [by_name[name] for name in group.read if name in by_name] or [None]
        if first is None:
            continue
        shown = group.shown
        near = [hit["_source"] for hit in further if hit["_id"] in shown]
        others = tuple(_place(source) for source in near if source.get("label"))
        thing = replace(_hit(first, query), others=others, score=worth(group.scores))
        if further and query.marked and not part_of(thing.id):
            best = further[0]["_source"]
            thing = quoting(thing, _place(best), best.get("body") or "", query.wanted)
        things.append(thing)
    return things


def _place(source: Mapping[str, Any]) -> Place:
    return Place(source.get("label") or "", source["url"])


def in_order(answer: Mapping[str, Any], query: Query, names: Sequence[str], key: str) -> list[Hit]:
    """What was found, in the order of these names; `key` is the attribute of a hit that bears them."""
    found = {getattr(hit, key): hit for hit in hits(answer, query)}
    return [found[name] for name in names if name in found]


def _hit(hit: Mapping[str, Any], query: Query) -> Hit:
    source = hit["_source"]
    title, units = source["name"], query.wanted if query.marked else ()
    return Hit(
        id=hit["_id"],
        object_id=source["object_id"],
        kind=source["kind"],
        title=mark(title, spans(title, units)),
        passage=passage(source.get("body") or "", units) if query.marked else (),
        url=source["url"],
        date=datetime.date.fromisoformat(source["date"]) if source.get("date") else None,
        shown=source.get("shown", {}),
        score=hit.get("_score") or 0.0,
        label=source.get("label") or "",
    )
