"""Putting questions to something that answers them: what it finds, and how long it takes."""

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Protocol

from portal.units.access import PUBLIC
from search.documents import SearchDocument, part_of
from search.engines.base import Query, SearchEngine
from search.evaluation.corpora import Question
from search.evaluation.measures import DEEPEST, percentile
from search.parameters import FACETS, SIZE

CHUNK = 500
EVERYBODY = frozenset({PUBLIC})


class Answering(Protocol):
    """Something that can be filled and asked."""

    def load(self, documents: Iterable[SearchDocument]) -> int:
        """Take the documents; how many."""
        ...

    def find(self, text: str, *, by_document: bool) -> list[str]:
        """What is found, the best hundred: names of documents, or of their parts."""
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

    def find(self, text: str, *, by_document: bool) -> list[str]:
        """Things as the page shows them or every part for itself, without marks and counts."""
        query = Query(tokens=EVERYBODY, text=text, marked=False, size=DEEPEST, grouped=by_document)
        hits = self._engine.search(query).hits
        return [hit.object_id.partition(":")[2] if by_document else part_of(hit.id) for hit in hits]

    def answer(self, text: str) -> None:
        """A page of results with marks and facets."""
        self._engine.search(Query(tokens=EVERYBODY, text=text, facets=FACETS, size=SIZE))


def run_of(asked: Answering, questions: Sequence[Question], *, by_document: bool) -> dict[str, list[str]]:
    """What each question finds, the best hundred."""
    return {question.key: asked.find(question.text, by_document=by_document) for question in questions}


def latency(asked: Answering, questions: Sequence[Question], *, at_once: int) -> dict[str, float]:
    """Milliseconds that half of the answers, and 95 of a hundred, do not exceed, so many being asked at once."""

    def timed(question: Question) -> float:
        begun = time.perf_counter()
        asked.answer(question.text)
        return (time.perf_counter() - begun) * 1000

    with ThreadPoolExecutor(at_once) as people:
        taken = list(people.map(timed, questions))
    return {"p50_ms": round(percentile(taken, 0.5), 1), "p95_ms": round(percentile(taken, 0.95), 1)}
