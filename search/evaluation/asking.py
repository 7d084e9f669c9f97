"""Putting questions to something that answers them: what it finds, and how long it takes."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Protocol

from portal.units.access import PUBLIC
from search.documents import SearchDocument
from search.engines.base import Query, SearchEngine
from search.evaluation.corpora import Question
from search.evaluation.measures import DEEPEST, percentile
from search.parameters import FACETS, SIZE

CHUNK = 500
EVERYBODY = frozenset({PUBLIC})
GROUPED_FROM = 300
"""Parts from which documents are put together."""
BEST, SHARE = 3, 0.2
"""A document counts as its best part, and a share of its best few."""


class Answering(Protocol):
    """Something that can be filled and asked."""

    def load(self, documents: Iterable[SearchDocument]) -> int:
        """Take the documents; how many."""
        ...

    def find(self, text: str, size: int) -> list[tuple[str, str, float]]:
        """Object, part and score of what is found, best first."""
        ...

    def answer(self, text: str) -> None:
        """Answer as for the page."""
        ...


class Ours:
    """An engine of the portal, asked as the page asks it."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine

    def load(self, documents: Iterable[SearchDocument]) -> int:
        """Into a new index, as a rebuild does."""
        self._engine.ensure()
        rebuild, count, rows = self._engine.begin_rebuild(), 0, iter(documents)
        while chunk := list(islice(rows, CHUNK)):
            rejected = rebuild.load(chunk)
            count += len(chunk) - len(rejected)
        rebuild.switch()
        return count

    def find(self, text: str, size: int) -> list[tuple[str, str, float]]:
        """Parts, without marks and counts."""
        hits = self._engine.search(Query(tokens=EVERYBODY, text=text, marked=False, size=size)).hits
        return [(hit.object_id, hit.id.partition("#")[2], hit.score) for hit in hits]

    def answer(self, text: str) -> None:
        """A page of results with marks and facets."""
        self._engine.search(Query(tokens=EVERYBODY, text=text, facets=FACETS, size=SIZE))


def run_of(asked: Answering, questions: Sequence[Question], *, by_document: bool) -> dict[str, list[str]]:
    """What each question finds, the best hundred."""
    find: Callable[[str], list[str]] = _documents(asked) if by_document else _parts(asked)
    return {question.key: find(question.text) for question in questions}


def latency(asked: Answering, questions: Sequence[Question], *, at_once: int) -> dict[str, float]:
    """Milliseconds that half of the answers, and 95 of a hundred, do not exceed, so many being asked at once."""

    def timed(question: Question) -> float:
        begun = time.perf_counter()
        asked.answer(question.text)
        return (time.perf_counter() - begun) * 1000

    with ThreadPoolExecutor(at_once) as people:
        taken = list(people.map(timed, questions))
    return {"p50_ms": round(percentile(taken, 0.5), 1), "p95_ms": round(percentile(taken, 0.95), 1)}


def _parts(asked: Answering) -> Callable[[str], list[str]]:
    return lambda text: [part for _document, part, _score in asked.find(text, DEEPEST)]


def _documents(asked: Answering) -> Callable[[str], list[str]]:
    def find(text: str) -> list[str]:
        scores: dict[str, list[float]] = defaultdict(list)
        for document, _part, score in asked.find(text, GROUPED_FROM):
            scores[document.partition(":")[2]].append(score)
        worth = {one: found[0] + SHARE * sum(found[:BEST]) for one, found in scores.items()}
        return sorted(worth, key=lambda one: -worth[one])[:DEEPEST]

    return find
