"""A question in Elasticsearch's query language.

Things may be found through parts (`search.parts`). Totals and facets count wholes only; a whole is found whenever one
of its parts is. `ranking` asks for the best parts and `counting` for the counts, `showing` for what is shown of those
on the page, `following` for pages beyond the best parts, `listing` for wholes in an order that parts have no say in.

What is costly, many fields and single characters, is asked only about the best by the words themselves (`rescore`).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from search.dsl import Q, Search
from search.engines.base import LOWERED, LOWERED_TO, MAX_FACET_VALUES, Boost, Query
from search.engines.elasticsearch.definition import INNER, TEXT
from search.parts import PART
from search.understanding import Understood, most, needed

NUMBER_BOOST = 1000.0
PROMOTED_BOOST = 100_000.0
"""More than anything that is found by itself: promoted things come first."""
PHRASED = {TEXT: 1, INNER: 1, "title": 8}
"""Fields in which a row of words is looked for, and how much it counts there."""
TITLE_BOOST = 2.0
"""For a title that has all of the words: what is called so comes before what speaks of it."""
TELLING = {TEXT: 0.8, "title.paired": 0.5, "extra": 0.5, "context": 0.3}
"""For single characters, and once more for what a whole is called, for its numbers, issuers and units, and for what a
part stands under. These boosts are measured by `evaluate_search` on questions and keywords."""
INNER_BOOST = 0.3
ARTICLE_BOOST = 40.0
"""For the article whose number is asked for: 慈善法第十二条 leads to it, not to the law."""

BEST_PARTS, MOST_PARTS = 150, 300
"""From so many parts the things on the first pages are put together; so many are ranked in full. The second where every
part stands for itself: of a hundred of them more is lost below than of things. Measured by `evaluate_search`."""

_SOURCE = ["object_id", "kind", "name", "label", "url", "date", "shown", "body"]
_WHOLE = Q("term", whole=True)
_NO_MORE: Mapping[str, float] = {}
_Words = Callable[[Understood, Callable[[int], int]], Any]


def ranking(query: Query) -> Search:
    """The best parts by name. Nothing is counted here, so what cannot be among the best is not even scored."""
    chosen = list(_chosen(query).values())
    best = Search().query("bool", must=[_found(query, _own)], filter=chosen).source(False)
    fields = ["id", "date", *(f"facets.{name}" for name in LOWERED)]
    size = BEST_PARTS if query.grouped else MOST_PARTS
    # Names come out of columns: the documents themselves need not be read and unpacked for them.
    more = {"track_total_hits": False, "size": size, "docvalue_fields": fields, "stored_fields": "_none_"}
    late = [rewards for variant in query.variants if (rewards := _rewarded(variant))]
    if late:
        answers = _weighted(Q("dis_max", queries=[Q("bool", should=rewards) for rewards in late]), query)
        more["rescore"] = {"window_size": size, "query": {"rescore_query": answers.to_dict()}}
    return best.extra(**more)


def counting(query: Query) -> Search:
    """How many wholes there are of what."""
    wholes = Search().query("bool", filter=[_WHOLE, _found(query, _anywhere)])
    return _counted(wholes, query, track_total_hits=False, size=0)


def listing(query: Query) -> Search:
    """A page by name with its counts, in an order that parts have no say in: wholes, or everything not grouped."""
    found = _ordered(_base(query), query, conditions=[_WHOLE] if query.grouped else []).source(False)
    return _counted(found, query, from_=query.offset, size=query.size, docvalue_fields=["id", "object_id"])


def explaining(query: Query, names: Sequence[str]) -> Search:
    """Of these things what answers best: themselves or a part."""
    found = Search().query("bool", must=[_matching(query, inner=False)], filter=[Q("terms", object_id=list(names))])
    return _shown(found).extra(size=len(names), collapse={"field": "object_id"})


def following(query: Query, known: Collection[str], offset: int, size: int) -> Search:
    """Things that are not among the known ones, each through its best part."""
    found = _base(query).exclude("terms", object_id=sorted(known))
    return _shown(_ordered(found, query)).extra(from_=offset, size=size, collapse={"field": "object_id"})


def showing(query: Query, names: Sequence[str]) -> Search:
    """What is shown of these documents."""
    found = Search().query("bool", filter=[*_permitted(query), Q("ids", values=list(names))])
    return _shown(found).extra(size=len(names))


def _base(query: Query) -> Search:
    return Search().query(_matching(query)).extra(track_total_hits=False)


def _permitted(query: Query) -> list[Any]:
    allowed = Q("terms", audience=sorted(query.tokens))
    return [allowed, ~Q("terms", object_id=sorted(query.withheld))] if query.withheld else [allowed]


def _counted(found: Search, query: Query, **more: Any) -> Search:
    """With counts, and what `more` says.

    Counts come before the chosen filters, so that every facet counts as if it had not been chosen from.
    """
    chosen = {name: condition.to_dict() for name, condition in _chosen(query).items()}
    # Facets that nothing is chosen from are counted together: a filter for each costs as much as its counting.
    together = {name: _values(name) for name in query.facets if name not in chosen}
    if query.tells_complete:
        together["complete"] = _where([_complete(query).to_dict()])
    counts = {"total": {**_where(chosen.values()), "aggs": together}}
    for name in query.facets:
        if name in chosen:
            others = [condition for other, condition in chosen.items() if other != name]
            counts[name] = {**_where(others), "aggs": {"values": _values(name)}}
    # As plain JSON: put together as objects, twelve facets take longer than the cluster needs to count them.
    return found.extra(aggs={"wholes": {"filter": _WHOLE.to_dict(), "aggs": counts}}, **more)


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
    narrowed = [*_chosen(query).values(), *conditions]
    if narrowed:
        found = found.post_filter(Q("bool", filter=narrowed))
    newest = {"date": {"order": "desc", "missing": "_last"}}
    return found.sort(*([] if query.by_date else ["_score"]), newest, "id")


def _matching(query: Query, *, inner: bool = True) -> Any:
    """What is found and how well it answers in full, where what is no longer in force counts less."""
    if query.understood.is_empty:
        return _found(query)
    more = {f"{INNER}.paired": INNER_BOOST} if inner and query.by_whole else {}
    rewards = [Q("bool", should=_rewarded(variant, more)) for variant in query.variants]
    positive = Q("bool", must=[_found(query)], should=[_weighted(Q("dis_max", queries=rewards), query)])
    lowered = Q("bool", should=[Q("terms", **{f"facets.{name}": list(values)}) for name, values in LOWERED.items()])
    if query.pinned:
        # Half of what one promotion is worth may be less than the next: their order is the administrator's.
        lowered &= ~Q("terms", object_id=list(query.pinned))
    return Q("boosting", positive=positive, negative=lowered, negative_boost=LOWERED_TO)


def _found(query: Query, words: _Words | None = None) -> Any:
    """What is found, by what it is found; promoted things before all. `words`: where the words are looked for."""
    found = _weighted(_answering(query, words or _words), query)
    if not query.pinned:
        return found
    return Q("bool", filter=_permitted(query), should=[found, *_pinned(query.pinned)], minimum_should_match=1)


def _answering(query: Query, words: _Words) -> Any:
    """What answers the question, by the words themselves, in that variant which it answers best."""
    excluded = [_phrase(" ".join(unit)) for unit in query.understood.excluded]
    count = most if query.complete else needed
    asked = [
        Q("bool", must=_required(variant, words, count), should=_leading(variant)).to_dict()
        for variant in query.variants
    ]
    return Q("bool", filter=_permitted(query), must_not=excluded, must=[Q("dis_max", queries=asked)])


def _weighted(answers: Any, query: Query) -> Any:
    """How well something answers, times what administrators let it count; as it is where they decided nothing."""
    if not query.boosting:
        return answers
    functions = [{"filter": _concerned(boost), "weight": boost.factor} for boost in query.boosting]
    return Q("function_score", query=answers, functions=functions, score_mode="multiply", boost_mode="multiply")


def _concerned(boost: Boost) -> Any:
    if boost.since:
        return Q("range", date={"gte": boost.since.isoformat()})
    return Q("term", **{f"facets.{boost.facet}": boost.value})


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


def _required(understood: Understood, words: _Words, count: Callable[[int], int]) -> list[Any]:
    """What one variant asks for: its phrases, numbers and alternatives, and so many of its words."""
    required = [_phrase(" ".join(phrase)) for phrase in understood.phrases]
    required += [_one_of(number.phrases) for number in understood.numbers]
    required += [_one_of(group) for group in understood.alternatives]
    if understood.runs:
        required.append(_or_article(understood, words(understood, count)))
    return required


def _complete(query: Query) -> Any:
    """Wholes that have what was typed, in these words or in others; promoted ones are asked as any other."""
    found = [Q("bool", filter=_required(variant, _anywhere, most)) for variant in query.variants]
    enough = found[0] if len(found) == 1 else Q("bool", should=found, minimum_should_match=1)
    return Q("bool", filter=[_answering(query, _anywhere), enough]) if query.pinned else enough


def _own(understood: Understood, count: Callable[[int], int]) -> Any:
    """So many of the words, in the document's own text."""
    asked = {"query": _each(understood), "minimum_should_match": count(len(understood.units))}
    return Q("match", **{f"{TEXT}.paired": asked})


def _words(understood: Understood, count: Callable[[int], int]) -> Any:
    """So many of the words, in the document's own text; or in what its parts hold, which earns nothing."""
    within = Q("bool", filter=[_WHOLE, Q("exists", field=INNER), _anywhere(understood, count)])
    return Q("bool", should=[_own(understood, count), within], minimum_should_match=1)


def _anywhere(understood: Understood, count: Callable[[int], int]) -> Any:
    """So many of the words, in the text of a whole and of its parts taken together."""
    asked = {"query": _each(understood), "minimum_should_match": count(len(understood.units))}
    return Q("combined_fields", fields=[f"{TEXT}.paired", f"{INNER}.paired"], **asked)


def _each(understood: Understood) -> str:
    """Every word once, as it is counted: pairs of characters that stand in two runs would count twice."""
    return " ".join(map("".join, understood.units))


def _or_article(understood: Understood, words: Any) -> Any:
    """These words; or the article that is named, where nothing else is asked for: that earns nothing by itself."""
    if not understood.only_articles:
        return words
    return Q("bool", should=[words, Q("bool", filter=[_article(understood)])], minimum_should_match=1)


def _article(understood: Understood) -> Any:
    return Q("terms", **{f"facets.{PART}": list(understood.articles)})


def _leading(understood: Understood) -> list[Any]:
    """What brings a document among the best although its words alone might not: title, number, article."""
    asked = [{"query": run, "operator": "and", "boost": TITLE_BOOST} for run in understood.runs]
    leading = [Q("match", **{"title.paired": title}) for title in asked]
    if understood.articles:
        named = Q("bool", filter=[_article(understood)], must_not=[_WHOLE])
        leading.append(Q("constant_score", filter=named, boost=ARTICLE_BOOST))
    leading += [
        Q("constant_score", filter=Q("term", numbers=key), boost=NUMBER_BOOST / (place + 1))
        for number in understood.numbers
        for place, key in enumerate(number.keys)
    ]
    return leading


def _rewarded(understood: Understood, more: Mapping[str, float] = _NO_MORE) -> list[Any]:
    """What tells the best from each other: single characters, and where the words stand."""
    return _matches(understood, {**TELLING, **more})


def _matches(understood: Understood, boosts: Mapping[str, float]) -> list[Any]:
    runs = " ".join(understood.runs)
    return [Q("match", **{name: {"query": runs, "boost": boost}}) for name, boost in boosts.items()] if runs else []


def _one_of(rows: Sequence[Sequence[str]]) -> Any:
    return Q("bool", should=[_phrase(" ".join(row)) for row in rows], minimum_should_match=1)


def _phrase(text: str) -> Any:
    fields = [f"{name}^{weight}" for name, weight in PHRASED.items()]
    return Q("multi_match", query=text, type="phrase", fields=fields)


def _chosen(query: Query) -> Mapping[str, Any]:
    chosen = {
        name: Q("terms", **{f"facets.{name}": sorted(values)}) for name, values in query.filters.items() if values
    }
    if query.since or query.until:
        limits = {"gte": query.since, "lte": query.until}
        chosen["date"] = Q("range", date={name: day.isoformat() for name, day in limits.items() if day})
    return chosen


def _shown(found: Search) -> Search:
    return found.source(_SOURCE)
