"""A question in Elasticsearch's query language."""

from typing import Any

from search.dsl import A, Q, Search
from search.engines.base import MAX_FACET_VALUES, PASSAGE, Query
from search.engines.elasticsearch.definition import SEARCHED
from search.understanding import MINIMUM_SHOULD_MATCH, Understood

BEFORE, AFTER = "\ue000", "\ue001"
"""Markers around what matched: private-use characters, which `text.clean` keeps out of every document."""

NUMBER_BOOST = 1000.0
TITLE_BOOST = 3.0
CONTEXT_BOOST = 0.3
"""Once more for what a part stands under; measured by `evaluate_search` on questions and on keywords."""
MAX_ANALYSED = 900_000
"""Characters a highlighter reads; below the server's own limit of a million."""

TIMEOUT = "800ms"

_SINGLE = [f"{name}^{weight}" for name, weight in SEARCHED.items()]
_PAIRED = [f"{name}.paired^{weight}" for name, weight in SEARCHED.items()]


def build(query: Query) -> Search:
    """The whole request: what matches, in what order, with which counts and highlights."""
    found = Search().query(_matching(query))
    found = found.extra(track_total_hits=True, timeout=TIMEOUT, from_=query.offset, size=query.size)
    found = found.source(["object_id", "kind", "title", "url", "date", "shown"])
    # Filters come after the aggregations, so that every facet counts as if it had not been chosen from.
    chosen = _chosen(query)
    if chosen:
        found = found.post_filter(Q("bool", filter=list(chosen.values())))
    for name in query.facets:
        others = [condition for other, condition in chosen.items() if other != name]
        values = A("terms", field=f"facets.{name}", size=MAX_FACET_VALUES, order=[{"_count": "desc"}, {"_key": "asc"}])
        found.aggs.bucket(name, "filter", bool={"filter": others}).bucket("values", values)
    newest = {"date": {"order": "desc", "missing": "_last"}}
    found = found.sort(*([] if query.by_date else ["_score"]), newest, "id")
    return _highlighted(found, query.understood) if query.marked else found


def _matching(query: Query) -> Any:
    allowed = Q("terms", audience=sorted(query.tokens))
    withheld = [Q("terms", object_id=sorted(query.withheld))] if query.withheld else []
    understood = query.understood
    required = [_phrase(" ".join(phrase)) for phrase in understood.phrases]
    required += [
        Q("bool", should=[_phrase(" ".join(phrase)) for phrase in number.phrases], minimum_should_match=1)
        for number in understood.numbers
    ]
    rewarded: list[Any] = []
    if understood.runs:
        runs = " ".join(understood.runs)
        required.append(Q("combined_fields", query=runs, fields=_PAIRED, minimum_should_match=MINIMUM_SHOULD_MATCH))
        rewarded.append(Q("combined_fields", query=runs, fields=_SINGLE))
        rewarded.append(Q("match", **{"context.paired": {"query": runs, "boost": CONTEXT_BOOST}}))
        rewarded += [Q("match_phrase", title={"query": run, "boost": TITLE_BOOST}) for run in understood.runs]
    rewarded += [
        Q("constant_score", filter=Q("term", numbers=key), boost=NUMBER_BOOST / (place + 1))
        for number in understood.numbers
        for place, key in enumerate(number.keys)
    ]
    return Q("bool", filter=[allowed], must_not=withheld, must=required, should=rewarded)


def _phrase(text: str) -> Any:
    return Q("multi_match", query=text, type="phrase", fields=_SINGLE)


def _chosen(query: Query) -> dict[str, Any]:
    return {name: Q("terms", **{f"facets.{name}": sorted(values)}) for name, values in query.filters.items() if values}


def _highlighted(found: Search, understood: Understood) -> Search:
    """Titles whole, bodies as their best passage; pairs are marked, not every single character."""
    paired = [Q("match", **{f"{name}.paired": " ".join(understood.runs)}) for name in SEARCHED if understood.runs]
    rows = [
        *(" ".join(phrase) for phrase in understood.phrases),
        *(" ".join(phrase) for number in understood.numbers for phrase in number.phrases),
    ]
    phrases = [Q("match_phrase", **{name: row}) for name in SEARCHED for row in rows]
    asked = Q("bool", should=[*paired, *phrases]) if paired or phrases else Q("match_none")
    options: dict[str, Any] = {
        "type": "unified",
        "pre_tags": [BEFORE],
        "post_tags": [AFTER],
        "require_field_match": True,
        "max_analyzed_offset": MAX_ANALYSED,
        "highlight_query": asked.to_dict(),
    }
    found = found.highlight_options(**options)
    for field in ("title", "title.paired"):
        found = found.highlight(field, number_of_fragments=0)
    for field in ("body", "body.paired"):
        found = found.highlight(field, number_of_fragments=1, fragment_size=PASSAGE, no_match_size=PASSAGE)
    return found
