"""What a question finds, and how well it answers, in Elasticsearch's query language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from search.dsl import Q
from search.engines.base import LOWERED, LOWERED_TO, Boost, Query
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

WHOLE = Q("term", whole=True)
_NO_MORE: Mapping[str, float] = {}
_Words = Callable[[Understood, Callable[[int], int]], Any]


def matching(query: Query, *, inner: bool = True) -> Any:
    """What is found and how well it answers in full, where what is no longer in force counts less."""
    if query.understood.is_empty:
        return finding(query)
    more = {f"{INNER}.paired": INNER_BOOST} if inner and query.by_whole else {}
    rewards = [Q("bool", should=rewarded(variant, more)) for variant in query.variants]
    positive = Q("bool", must=[finding(query)], should=[weighted(Q("dis_max", queries=rewards), query)])
    lowered = Q("bool", should=[Q("terms", **{f"facets.{name}": list(values)}) for name, values in LOWERED.items()])
    if query.pinned:
        # Half of what one promotion is worth may be less than the next: their order is the administrator's.
        lowered &= ~Q("terms", object_id=list(query.pinned))
    return Q("boosting", positive=positive, negative=lowered, negative_boost=LOWERED_TO)


def finding(query: Query, words: _Words | None = None) -> Any:
    """What is found, by what it is found; promoted things before all. `words`: where the words are looked for."""
    found = weighted(_answering(query, words or _words), query)
    if not query.pinned:
        return found
    return Q("bool", filter=permitted(query), should=[found, *_pinned(query.pinned)], minimum_should_match=1)


def own(understood: Understood, count: Callable[[int], int]) -> Any:
    """So many of the words, in the document's own text."""
    return Q("match", **{f"{TEXT}.paired": _asked(understood, count)})


def anywhere(understood: Understood, count: Callable[[int], int]) -> Any:
    """So many of the words, in the text of a whole and of its parts taken together."""
    return Q("combined_fields", fields=[f"{TEXT}.paired", f"{INNER}.paired"], **_asked(understood, count))


def complete(query: Query) -> Any:
    """Wholes that have what was typed, in these words or in others; promoted ones are asked as any other."""
    found = [Q("bool", filter=_required(variant, anywhere, most)) for variant in query.variants]
    enough = found[0] if len(found) == 1 else Q("bool", should=found, minimum_should_match=1)
    return Q("bool", filter=[_answering(query, anywhere), enough]) if query.pinned else enough


def rewarded(understood: Understood, more: Mapping[str, float] = _NO_MORE) -> list[Any]:
    """What tells the best from each other: single characters, and where the words stand."""
    runs, boosts = " ".join(understood.runs), {**TELLING, **more}
    return [Q("match", **{name: {"query": runs, "boost": boost}}) for name, boost in boosts.items()] if runs else []


def weighted(answers: Any, query: Query) -> Any:
    """How well something answers, times what administrators let it count; as it is where they decided nothing."""
    if not query.boosting:
        return answers
    functions = [{"filter": _concerned(boost), "weight": boost.factor} for boost in query.boosting]
    return Q("function_score", query=answers, functions=functions, score_mode="multiply", boost_mode="multiply")


def permitted(query: Query) -> list[Any]:
    """What whoever asks may find."""
    allowed = Q("terms", audience=sorted(query.tokens))
    return [allowed, ~Q("terms", object_id=sorted(query.withheld))] if query.withheld else [allowed]


def narrowing(query: Query) -> Mapping[str, Any]:
    """The chosen filters by facet, that of dates as `date`."""
    chosen = {
        name: Q("terms", **{f"facets.{name}": sorted(values)}) for name, values in query.filters.items() if values
    }
    if query.since or query.until:
        limits = {"gte": query.since, "lte": query.until}
        chosen["date"] = Q("range", date={name: day.isoformat() for name, day in limits.items() if day})
    return chosen


def _answering(query: Query, words: _Words) -> Any:
    """What answers the question, by the words themselves, in that variant which it answers best."""
    excluded = [_phrase(" ".join(unit)) for unit in query.understood.excluded]
    count = most if query.complete else needed
    asked = [
        Q("bool", must=_required(variant, words, count), should=_leading(variant)).to_dict()
        for variant in query.variants
    ]
    return Q("bool", filter=permitted(query), must_not=excluded, must=[Q("dis_max", queries=asked)])


def _concerned(boost: Boost) -> Any:
    if boost.since:
        return Q("range", date={"gte": boost.since.isoformat()})
    return Q("term", **{f"facets.{boost.facet}": boost.value})


def _pinned(names: Sequence[str]) -> list[Any]:
    """Promoted things, found whatever was asked for; the first is worth most."""
    return [
        Q(
            "constant_score",
            filter=Q("bool", filter=[WHOLE, Q("term", object_id=name)]),
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


def _words(understood: Understood, count: Callable[[int], int]) -> Any:
    """So many of the words, in the document's own text; or in what its parts hold, which earns nothing."""
    within = Q("bool", filter=[WHOLE, Q("exists", field=INNER), anywhere(understood, count)])
    return Q("bool", should=[own(understood, count), within], minimum_should_match=1)


def _asked(understood: Understood, count: Callable[[int], int]) -> dict[str, Any]:
    """Every word once, as it is counted: pairs of characters that stand in two runs would count twice."""
    words = " ".join(map("".join, understood.units))
    return {"query": words, "minimum_should_match": count(len(understood.units))}


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
        named = Q("bool", filter=[_article(understood)], must_not=[WHOLE])
        leading.append(Q("constant_score", filter=named, boost=ARTICLE_BOOST))
    leading += [
        Q("constant_score", filter=Q("term", numbers=key), boost=NUMBER_BOOST / (place + 1))
        for number in understood.numbers
        for place, key in enumerate(number.keys)
    ]
    return leading


def _one_of(rows: Sequence[Sequence[str]]) -> Any:
    return Q("bool", should=[_phrase(" ".join(row)) for row in rows], minimum_should_match=1)


def _phrase(text: str) -> Any:
    fields = [f"{name}^{weight}" for name, weight in PHRASED.items()]
    return Q("multi_match", query=text, type="phrase", fields=fields)
