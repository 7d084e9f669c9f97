"""What the search costs beside plain Elasticsearch on the same machine, in one run, in turns.

Needs a folder with laws/laws.jsonl.gz and stard/queries.dev.jsonl, named by PORTAL_SEARCH_CORPUS. Not asserted
to the millisecond: the ratios are those of the targets, with every figure printed.
"""

import statistics
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from search.documents import SearchDocument
from search.engines.elasticsearch import ElasticsearchEngine
from search.evaluation.asking import Ours
from search.evaluation.baselines import plain
from search.evaluation.corpora import questions_of
from search.evaluation.measures import percentile
from search.node import LocalNode
from tests.benchmarks.searching import AS_A_SERVER

QUESTIONS = 200
LOADS = 3
ROUNDS, WARMING = 6, 3
"""So often each is asked, and so often before it is counted: a server has its code compiled."""
SLOWER, FEWER = 2.5, 0.6
"""p95 of the whole search against a bare `match`, and documents a second against a bare bulk: not worse than this."""


@pytest.fixture(scope="module")
def node() -> Iterator[LocalNode]:
    """A node of its own."""
    with LocalNode(heap="1g", jvm_options=AS_A_SERVER) as running:
        yield running


def test_indexing_and_asking_beside_plain_elasticsearch(
    node: LocalNode, corpus: Path, documents: Sequence[SearchDocument]
) -> None:
    asked = questions_of(corpus / "stard" / "queries.dev.jsonl", "query")[: 2 * QUESTIONS]
    questions, others = [question.text for question in asked[:QUESTIONS]], [one.text for one in asked[QUESTIONS:]]
    with Elasticsearch(node.url, request_timeout=60) as client, plain(node.url, "cjk") as bare:
        prefix = f"benchmark-{uuid.uuid4().hex}"
        engine = ElasticsearchEngine(node.url, prefix, seconds=30)
        ours = Ours(engine)
        rates: dict[str, list[float]] = {"ours": [], "bare": []}
        for name, load in (("bare", bare.load), ("ours", ours.load)) * LOADS:
            _settled(client)
            rates[name].append(_rate(load, documents))
        _settled(client)
        # The same index answers both: the whole search, and a bare match of the same words on the text of articles.
        matching = Bare(client, engine.alias)
        times = _asked(questions, ours, matching)
        once = _asked(others, ours, matching, rounds=1, warming=0)
        engine.close()
        client.indices.delete(index=list(client.indices.get(index=f"{prefix}*")), ignore_unavailable=True)
    # The first of each warms the node up.
    rate = {name: statistics.mean(found[1:]) for name, found in rates.items()}
    p95 = {name: percentile(found, 0.95) for name, found in times.items()}
    new = {name: percentile(found, 0.95) for name, found in once.items()}
    p50 = {name: statistics.median(found) for name, found in times.items()}
    print(f"\nindexing: {rate['ours']:.0f} : {rate['bare']:.0f} documents/s, {rate['ours'] / rate['bare']:.2f}")
    print(f"p50 {p50['ours']:.1f} : {p50['bare']:.1f} ms; p95 {p95['ours']:.1f} : {p95['bare']:.1f} ms", end=", ")
    print(f"{p95['ours'] / p95['bare']:.2f}")
    print(f"asked for the first time: p95 {new['ours']:.1f} : {new['bare']:.1f} ms, {new['ours'] / new['bare']:.2f}")
    assert rate["ours"] >= FEWER * rate["bare"]
    assert p95["ours"] <= SLOWER * p95["bare"]


class Bare:
    """A `match` on one field of the portal's own index, twenty hits."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client, self._index = client, index

    def answer(self, text: str) -> None:
        """Ask."""
        self._client.search(
            index=self._index, query={"match": {"text.paired": text}}, size=20, source_includes=["name"]
        )


def _settled(client: Elasticsearch) -> None:
    """Return once nothing is being put together any more: an index that was made anew ends in one piece."""
    while client.indices.stats(metric="merge")["_all"]["total"]["merges"]["current"]:
        time.sleep(0.2)


def _rate(load: Callable[[Sequence[SearchDocument]], int], documents: Sequence[SearchDocument]) -> float:
    begun = time.perf_counter()
    count = load(documents)
    return count / (time.perf_counter() - begun)


def _asked(
    questions: Sequence[str], ours: Ours, bare: Bare, *, rounds: int = ROUNDS, warming: int = WARMING
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    turns: list[tuple[str, Ours | Bare]] = [("ours", ours), ("bare", bare)]
    for round_ in range(rounds):
        for question in questions:
            # Whoever comes second finds the words warm.
            turns.reverse()
            for name, asked in turns:
                begun = time.perf_counter()
                asked.answer(question)
                if round_ >= warming:
                    times[name].append((time.perf_counter() - begun) * 1000)
    return times
