"""A question in Elasticsearch's query language.

Things may be found through parts (`search.parts`). Totals and facets count wholes only; a whole is found whenever one
of its parts is. `ranking` asks for the best parts and `counting` for the counts, `showing` for what is shown of those
on the page, `following` for pages beyond the best parts, `listing` for wholes in an order that parts have no say in.

What is costly, many fields and single characters, is asked only about the best by the words themselves (`rescore`).
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from search.dsl import Q, Search
from search.engines.base import LOWERED, MAX_FACET_VALUES, Query
from search.engines.elasticsearch.matching import (
    WHOLE,
    anywhere,
    complete,
    finding,
    matching,
    narrowing,
    own,
    permitted,
    rewarded,
    weighted,
)

BEST_PARTS, MOST_PARTS = 150, 300
"""From so many parts the things on the first pages are put together; so many are ranked in full. The second where every
part stands for itself: of a hundred of them more is lost below than of things. Measured by `evaluate_search`."""

_SOURCE = ["object_id", "kind", "name", "label", "url", "date", "shown", "body"]


def ranking(query: Query) -> Search:
    """The best parts by name. Nothing is counted here, so what cannot be among the best is not even scored."""
    chosen = list(narrowing(query).values())
    best = Search().query("bool", must=[finding(query, own)], filter=chosen).source(False)
    fields = ["id", "date", *(f"facets.{name}" for name in LOWERED)]
    size = BEST_PARTS if query.grouped else MOST_PARTS
    # Names come out of columns: the documents themselves need not be read and unpacked for them.
    more = {"track_total_hits": False, "size": size, "docvalue_fields": fields, "stored_fields": "_none_"}
    late = [rewards for variant in query.variants if (rewards := rewarded(variant))]
    if late:
        answers = weighted(Q("dis_max", queries=[Q("bool", should=rewards) for rewards in late]), query)
        more["rescore"] = {"window_size": size, "query": {"rescore_query": answers.to_dict()}}
    return best.extra(**more)


def counting(query: Query) -> Search:
    """How many wholes there are of what."""
    wholes = Search().query("bool", filter=[WHOLE, finding(query, anywhere)])
    return _counted(wholes, query, track_total_hits=False, size=0)


def listing(query: Query) -> Search:
    """A page by name with its counts, in an order that parts have no say in: wholes, or everything not grouped."""
    found = _ordered(_base(query), query, conditions=[WHOLE] if query.grouped else []).source(False)
    return _counted(found, query, from_=query.offset, size=query.size, docvalue_fields=["id", "object_id"])


def explaining(query: Query, names: Sequence[str]) -> Search:
    """Of these things what answers best: themselves or a part."""
    found = Search().query("bool", must=[matching(query, inner=False)], filter=[Q("terms", object_id=list(names))])
    return _shown(found).extra(size=len(names), collapse={"field": "object_id"})


def following(query: Query, known: Collection[str], offset: int, size: int) -> Search:
    """Things that are not among the known ones, each through its best part."""
    found = _base(query).exclude("terms", object_id=sorted(known))
    return _shown(_ordered(found, query)).extra(from_=offset, size=size, collapse={"field": "object_id"})


def showing(query: Query, names: Sequence[str]) -> Search:
    """What is shown of these documents."""
    found = Search().query("bool", filter=[*permitted(query), Q("ids", values=list(names))])
    return _shown(found).extra(size=len(names))


def _base(query: Query) -> Search:
    return Search().query(matching(query)).extra(track_total_hits=False)


def _counted(found: Search, query: Query, **more: Any) -> Search:
    """With counts, and what `more` says.

    Counts come before the chosen filters, so that every facet counts as if it had not been chosen from.
    """
    chosen = {name: condition.to_dict() for name, condition in narrowing(query).items()}
    # Facets that nothing is chosen from are counted together: a filter for each costs as much as its counting.
    together = {name: _values(name) for name in query.facets if name not in chosen}
    if query.tells_complete:
        together["complete"] = _where([complete(query).to_dict()])
    counts = {"total": {**_where(chosen.values()), "aggs": together}}
    for name in query.facets:
        if name in chosen:
            others = [condition for other, condition in chosen.items() if other != name]
            counts[name] = {**_where(others), "aggs": {"values": _values(name)}}
    # As plain JSON: put together as objects, twelve facets take longer than the cluster needs to count them.
    return found.extra(aggs={"wholes": {"filter": WHOLE.to_dict(), "aggs": counts}}, **more)


def _where(conditions: Iterable[Any]) -> dict[str, Any]:
    return {"filter": {"bool": {"filter": list(conditions)}}}


def _values(facet: str) -> dict[str, Any]:
    return {
        "terms": {
            "field": f"facets.{facet}",
            "size": MAX_FACET_VALUES,
            "order": [{"_count": "desc"}, {"_key": "asc"}],
        }
    }


def _ordered(found: Search, query: Query, conditions: Sequence[Any] = ()) -> Search:
    narrowed = [*narrowing(query).values(), *conditions]
    if narrowed:
        found = found.post_filter(Q("bool", filter=narrowed))
    newest = {"date": {"order": "desc", "missing": "_last"}}
    return found.sort(*([] if query.by_date else ["_score"]), newest, "id")


def _shown(found: Search) -> Search:
    return found.source(_SOURCE)
