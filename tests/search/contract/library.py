"""Documents to search in, and short ways to ask."""

import datetime
from collections.abc import Iterable
from typing import Any

from search.documents import SearchDocument
from search.engines.base import Marked, Query, Results, SearchEngine

EVERYBODY = frozenset({"public"})


def document(name: str = "policy:1", **values: Any) -> SearchDocument:
    """A public policy, unless said otherwise."""
    defaults: dict[str, Any] = {
        "object_id": name,
        "kind": name.partition(":")[0],
        "title": "流浪乞讨人员救助管理办法",
        "url": f"/{name}/",
        "audience": EVERYBODY,
    }
    return SearchDocument(**{**defaults, **values})


def fill(engine: SearchEngine, *documents: SearchDocument) -> None:
    """Put documents into the index."""
    assert engine.replace((), documents) == []


def ask(engine: SearchEngine, text: str, tokens: Iterable[str] = EVERYBODY, **values: Any) -> Results:
    """Search as somebody with these tokens."""
    return engine.search(Query(tokens=frozenset(tokens), text=text, **values))


def found(engine: SearchEngine, text: str, tokens: Iterable[str] = EVERYBODY, **values: Any) -> list[str]:
    """Names of the documents found, in their order."""
    results = ask(engine, text, tokens, **values)
    names = [hit.id for hit in results.hits]
    assert results.total >= len(names)
    return names


def counts(results: Results, facet: str) -> dict[str, int]:
    """Values of a facet with their counts."""
    return {item.value: item.count for item in results.facets[facet]}


def marked(pieces: Marked) -> list[str]:
    """What is highlighted."""
    return [piece.text for piece in pieces if piece.matched]


def plain(pieces: Marked) -> str:
    """The text without highlights."""
    return "".join(piece.text for piece in pieces)


def day(text: str) -> datetime.date:
    """A date from its ISO form."""
    return datetime.date.fromisoformat(text)
