"""A question in Elasticsearch's query language.

Things may be found through parts (`search.parts`). Totals and facets count wholes only; a whole is found whenever one
of its parts is. `ranking` asks for the best parts and the counts, `showing` for what is shown of those on the page,
`following` for pages beyond the best parts, `listing` for wholes in an order that parts have no say in.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from search.dsl import A, Q, Search
from search.engines.base import LOWERED, LOWERED_TO, MAX_FACET_VALUES, PASSAGE, Query
from search.engines.elasticsearch.definition import INNER, SEARCHED, TEXT
from search.parts import PART
from search.understanding import Understood, most, needed

BEFORE, AFTER = "\ue000", "\ue001"
"""Markers around what matched: private-use characters, which `text.clean` keeps out of every document."""

NUMBER_BOOST = 1000.0
PROMOTED_BOOST = 100_000.0
"""More than anything that is found by itself: promoted things come first."""
TITLE_BOOST = 3.0
NAMED = {"title": 1.0, "extra": 0.5}
"""Once more for what a whole is called, and for its numbers, issuers and units."""
ARTICLE_BOOST = 40.0
"""For the article whose number is asked for: 慈善法第十二条 leads to it, not to the law."""
CONTEXT_BOOST = 0.3
"""Once more for what a part stands under; measured by `evaluate_search` on questions and on keywords."""
MAX_ANALYSED = 900_000
"""Characters a highlighter reads; below the server's own limit of a million."""

BEST_PARTS = 300
"""From so many parts the things on the first pages are put together."""

_SOURCE = ["object_id", "kind", "name", "label", "url", "date", "shown"]
_WHOLE = Q("term", whole=True)


def _fields(names: Collection[str], suffix: str = "") -> list[str]:
    return [f"{name}{suffix}^{SEARCHED.get(name, 1)}" for name in names]


_ALL = (*SEARCHED, INNER)


def ranking(query: Query) -> Search:
    """The best parts by name. Nothing is counted here, so what cannot be among the best is not even scored."""
    found = Search().query(_found(query)).extra(track_total_hits=False, size=BEST_PARTS)
    fields = ["object_id", *(f"facets.{name}" for name in LOWERED)]
    return _ordered(found, query, chosen=True).source(False).extra(docvalue_fields=fields)


def counting(query: Query) -> Search:
    """How many wholes there are of what."""
    found = Search().query(Q("bool", filter=[_WHOLE, _found(query)]))
    return _counted(found, query).extra(track_total_hits=False, size=0)


def listing(query: Query) -> Search:
    """A page with its counts where every document stands for itself: wholes, or parts if they are not grouped."""
    found = _ordered(_counted(_base(query), query), query, wholes=query.grouped)
    return _shown(found, query).extra(from_=query.offset, size=query.size)


def following(query: Query, known: Collection[str], offset: int, size: int) -> Search:
    """Things that are not among the known ones, each through its best part."""
    found = _base(query).exclude("terms", object_id=sorted(known))
    found = _shown(_ordered(found, query), query)
    return found.extra(from_=offset, size=size, collapse={"field": "object_id"})


def showing(query: Query, names: Sequence[str]) -> Search:
    """What is shown of these documents."""
    found = Search().query("bool", filter=[*_permitted(query), Q("ids", values=list(names))])
    return _shown(found, query).extra(size=len(names))


def _base(query: Query) -> Search:
    return Search().query(_matching(query)).extra(track_total_hits=False)


def _permitted(query: Query) -> list[Any]:
    allowed = Q("terms", audience=sorted(query.tokens))
    return [allowed, ~Q("terms", object_id=sorted(query.withheld))] if query.withheld else [allowed]


def _counted(found: Search, query: Query) -> Search:
    """Counts come before the chosen filters, so that every facet counts as if it had not been chosen from."""
    chosen = _chosen(query)
    found.aggs.bucket("wholes", "filter", _WHOLE)
    wholes = found.aggs["wholes"]
    everything = list(chosen.values())
    wholes.bucket("total", "filter", Q("bool", filter=everything))
    if query.tells_complete:
        wholes.bucket("complete", "filter", Q("bool", filter=[*everything, _complete(query)]))
    for name in query.facets:
        others = [condition for other, condition in chosen.items() if other != name]
        values = A("terms", field=f"facets.{name}", size=MAX_FACET_VALUES, order=[{"_count": "desc"}, {"_key": "asc"}])
        wholes.bucket(name, "filter", Q("bool", filter=others)).bucket("values", values)
    return found


def _ordered(found: Search, query: Query, *, wholes: bool = False, chosen: bool = False) -> Search:
    """`chosen`: nothing is counted that the choice must not narrow, so it is part of the question."""
    conditions = [*_chosen(query).values(), *([_WHOLE] if wholes else [])]
    if conditions:
        narrowed = Q("bool", filter=conditions)
        found = found.filter(narrowed) if chosen else found.post_filter(narrowed)
    newest = {"date": {"order": "desc", "missing": "_last"}}
    return found.sort(*([] if query.by_date else ["_score"]), newest, "id")


def _matching(query: Query) -> Any:
    """What is found and how well it answers, where what is no longer in force counts less."""
    if query.understood.is_empty:
        return _found(query)
    lowered = [Q("terms", **{f"facets.{name}": list(values)}) for name, values in LOWERED.items()]
    return Q("boosting", positive=_found(query), negative=Q("bool", should=lowered), negative_boost=LOWERED_TO)


def _found(query: Query) -> Any:
    """What is found, and how well it answers; promoted things before all."""
    found = _answering(query)
    if not query.pinned:
        return found
    return Q("bool", filter=_permitted(query), should=[found, *_pinned(query.pinned)], minimum_should_match=1)


def _answering(query: Query) -> Any:
    """What answers the question, as well as it answers that variant which it answers best."""
    excluded = [_phrase(" ".join(unit)) for unit in query.understood.excluded]
    asked = [(_required(query, variant), _rewarded(query, variant)) for variant in query.variants]
    required, rewarded = asked[0]
    if len(asked) > 1:
        required = [Q("dis_max", queries=[Q("bool", must=must, should=should) for must, should in asked])]
        rewarded = []
    return Q("bool", filter=_permitted(query), must_not=excluded, must=required, should=rewarded)


def _pinned(names: Sequence[str]) -> list[Any]:
    """Promoted things, found whatever was asked for; the first is worth most."""
    return [
        Q(
            "constant_score",
            filter=Q("bool", filter=[_WHOLE, Q("term", object_id=name)]),
            boost=PROMOTED_BOOST * (len(names) - place),
        )
        for place, name in enumerate(names)
    ]


def _required(query: Query, understood: Understood) -> list[Any]:
    required = [_phrase(" ".join(phrase)) for phrase in understood.phrases]
    required += [_one_of(number.phrases) for number in understood.numbers]
    required += [_one_of(group) for group in understood.alternatives]
    required += [_words(understood, most if query.complete else needed)] if understood.runs else []
    return required


def _complete(query: Query) -> Any:
    """What has what was typed, in these words or in others; of a promoted thing it is asked as of any other."""
    found = [_words(variant, most) for variant in query.variants]
    enough = found[0] if len(found) == 1 else Q("bool", should=found, minimum_should_match=1)
    return Q("bool", filter=[_answering(query), enough]) if query.pinned else enough


def _words(understood: Understood, count: Callable[[int], int]) -> Any:
    """So many of the words, in the document's own text; or in what its parts hold, which earns nothing."""
    text, minimum = " ".join(understood.runs), count(len(understood.units))
    own = Q("match", **{f"{TEXT}.paired": {"query": text, "minimum_should_match": minimum}})
    fields = [f"{TEXT}.paired", f"{INNER}.paired"]
    all_of_it = Q("combined_fields", query=text, fields=fields, minimum_should_match=minimum)
    within = Q("bool", filter=[_WHOLE, Q("exists", field=INNER), all_of_it])
    return Q("bool", should=[own, within], minimum_should_match=1)


def _rewarded(query: Query, understood: Understood) -> list[Any]:
    rewarded: list[Any] = []
    if understood.runs:
        runs = " ".join(understood.runs)
        rewarded.append(Q("match", **{TEXT: {"query": runs}}))
        rewarded += [Q("match", **{f"{name}.paired": {"query": runs, "boost": boost}}) for name, boost in NAMED.items()]
        rewarded.append(Q("match", **{"context.paired": {"query": runs, "boost": CONTEXT_BOOST}}))
        if query.by_whole:
            rewarded.append(Q("match", **{f"{INNER}.paired": {"query": runs, "boost": CONTEXT_BOOST}}))
        rewarded += [Q("match_phrase", title={"query": run, "boost": TITLE_BOOST}) for run in understood.runs]
    if understood.articles:
        named = Q("terms", **{f"facets.{PART}": list(understood.articles)})
        rewarded.append(Q("constant_score", filter=Q("bool", filter=[named], must_not=[_WHOLE]), boost=ARTICLE_BOOST))
    rewarded += [
        Q("constant_score", filter=Q("term", numbers=key), boost=NUMBER_BOOST / (place + 1))
        for number in understood.numbers
        for place, key in enumerate(number.keys)
    ]
    return rewarded


def _one_of(rows: Sequence[Sequence[str]]) -> Any:
    return Q("bool", should=[_phrase(" ".join(row)) for row in rows], minimum_should_match=1)


def _phrase(text: str) -> Any:
    return Q("multi_match", query=text, type="phrase", fields=_fields(_ALL))


def _chosen(query: Query) -> Mapping[str, Any]:
    chosen = {
        name: Q("terms", **{f"facets.{name}": sorted(values)}) for name, values in query.filters.items() if values
    }
    if query.since or query.until:
        limits = {"gte": query.since, "lte": query.until}
        chosen["date"] = Q("range", date={name: day.isoformat() for name, day in limits.items() if day})
    return chosen


def _shown(found: Search, query: Query) -> Search:
    """What a result says, with the best passage; pairs are marked, not every single character."""
    found = found.source(_SOURCE)
    if not query.marked:
        return found
    texts = [" ".join(variant.runs) for variant in query.variants if variant.runs]
    paired = [Q("match", **{f"{name}.paired": text}) for name in _READ for text in texts]
    units = {unit for variant in query.variants for unit in variant.units}
    rows = [unit for unit in query.wanted if unit not in units]
    phrases = [Q("match_phrase", **{name: " ".join(row)}) for name in _READ for row in rows]
    asked = Q("bool", should=[*paired, *phrases]) if paired or phrases else Q("match_none")
    found = found.highlight_options(
        type="unified",
        pre_tags=[BEFORE],
        post_tags=[AFTER],
        require_field_match=True,
        max_analyzed_offset=MAX_ANALYSED,
        highlight_query=asked.to_dict(),
    )
    for name in _READ:
        for field in (name, f"{name}.paired"):
            found = found.highlight(field, number_of_fragments=1, fragment_size=PASSAGE, no_match_size=PASSAGE)
    return found


_READ = ("body", INNER)
"""Fields out of which passages are shown."""
