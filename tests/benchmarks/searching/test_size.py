"""What a library twenty times as large costs: a million articles, made of the corpus by changing places of characters.

Needs a folder with stard/corpus.jsonl.gz and stard/queries.dev.jsonl, named by PORTAL_SEARCH_CORPUS, 4 GB of disk and
about a quarter of an hour. The ratio of the p95 of whole answers is what is asserted; every figure is printed.
"""

import datetime
import os
import random
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from search.documents import SearchDocument
from search.engines.elasticsearch import ElasticsearchEngine
from search.evaluation.asking import Ours
from search.evaluation.corpora import documents_of, questions_of
from search.evaluation.measures import percentile
from search.node import LocalNode
from tests.benchmarks.searching import AS_A_SERVER

SIZES = (50_000, int(os.environ.get("PORTAL_SEARCH_SIZE", "1000000")))
QUESTIONS, ROUNDS = 100, 4
GROWN = 4.0
"""p95 at a million documents against that at fifty thousand: no more than this."""


def many(corpus: Path, count: int) -> Iterator[SearchDocument]:
    """So many different things, each an article; of one there are several, with other characters in other places."""
    chance, made = random.Random(count), 0
    while True:
        for document in documents_of(corpus / "stard" / "corpus.jsonl.gz"):
            if made == count:
                return
            yield _thing(document, made, chance)
            made += 1


def _thing(document: SearchDocument, number: int, chance: random.Random) -> SearchDocument:
    """The article as a thing of its own that counts, with facets; beyond the first, a tenth of it changes places."""
    characters = list(document.body)
    for _ in range(len(characters) // 20 if number >= SIZES[0] else 0):
        one, other = chance.randrange(len(characters)), chance.randrange(len(characters))
        characters[one], characters[other] = characters[other], characters[one]
    facets = {
        "validity": (chance.choice(("in_force", "in_force", "repealed")),),
        "issuer": (f"发布机关{chance.randrange(100)}",),
        "topic": (f"主题{chance.randrange(20)}",),
    }
    name, date = f"policy:{number}", datetime.date(1990, 1, 1) + datetime.timedelta(chance.randrange(13_000))
    return replace(document, object_id=name, part="", body="".join(characters), facets=facets, date=date)


def test_a_library_twenty_times_as_large(corpus: Path) -> None:
    asked = questions_of(corpus / "stard" / "queries.dev.jsonl", "query")[:QUESTIONS]
    questions = [question.text for question in asked]
    p95: list[float] = []
    with LocalNode(heap="1g", jvm_options=AS_A_SERVER) as node:
        engine = ElasticsearchEngine(node.url, "size", seconds=30)
        ours = Ours(engine)
        for size in SIZES:
            begun, before = time.perf_counter(), _memory()
            assert ours.load(many(corpus, size)) == size
            rate, grown = size / (time.perf_counter() - begun), _memory() - before
            times = _times(ours, questions)
            p95.append(percentile(times, 0.95))
            print(f"\n{size:>9} documents: {rate:.0f} documents/s, {grown:.0f} MiB more in this process", end=", ")
            print(f"p50 {percentile(times, 0.5):.1f} ms, p95 {p95[-1]:.1f} ms")
        engine.close()
    print(f"p95 grew {p95[1] / p95[0]:.2f} times")
    assert p95[1] <= GROWN * p95[0]


def _times(ours: Ours, questions: Sequence[str]) -> list[float]:
    """Milliseconds of whole answers; the first rounds warm the node up and are not counted."""
    times = []
    for round_ in range(ROUNDS):
        for question in questions:
            begun = time.perf_counter()
            ours.answer(question)
            if round_ >= ROUNDS // 2:
                times.append((time.perf_counter() - begun) * 1000)
    return times


def _memory() -> float:
    """The most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
