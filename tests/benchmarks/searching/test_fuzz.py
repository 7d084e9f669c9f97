"""Five thousand strange questions to the search page itself, over laws with their articles: no error, none slow.

Needs a folder with laws/laws.jsonl.gz, named by PORTAL_SEARCH_CORPUS. In the suite fewer are asked of both engines
(tests/search/contract/test_fuzz.py).
"""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from search.documents import SearchDocument
from search.engines.base import SearchEngine
from search.engines.registry import ELASTICSEARCH, EMBEDDED, engine
from search.evaluation.asking import Ours
from search.evaluation.measures import percentile
from search.node import LocalNode
from tests.benchmarks.searching import AS_A_SERVER
from tests.search.questions import strange

QUESTIONS = 5_000
SLOWEST = 1.0
"""Seconds that 99 of a hundred answers do not exceed."""


@pytest.fixture(params=[EMBEDDED, ELASTICSEARCH])
def searched(
    request: pytest.FixtureRequest, settings: Any, tmp_path: Path, documents: list[SearchDocument]
) -> Iterator[SearchEngine]:
    """The engine that the page asks, filled."""
    settings.PORTAL_SEARCH_ENGINE = request.param
    settings.PORTAL_SEARCH_EMBEDDED_PATH = tmp_path / "search.sqlite3"
    if request.param == EMBEDDED:
        Ours(engine(EMBEDDED)).load(documents)
        yield engine(EMBEDDED)
        return
    engine(EMBEDDED).ensure()
    with LocalNode(heap="1g", jvm_options=AS_A_SERVER) as node:
        settings.PORTAL_ELASTICSEARCH_URL = node.url
        Ours(engine(ELASTICSEARCH)).load(documents)
        yield engine(ELASTICSEARCH)


@pytest.mark.django_db
def test_no_question_is_an_error_page(searched: SearchEngine, client: Client) -> None:
    chance, times, unavailable = random.Random(2026), [], 0
    for _ in range(QUESTIONS):
        text = strange(chance)
        begun = time.perf_counter()
        response = client.get("/search/", {"q": text.encode("utf-8", "surrogatepass")})
        times.append(time.perf_counter() - begun)
        assert response.status_code == 200, repr(text)
        unavailable += bool(response.context.get("is_unavailable"))
    p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
    print(f"\n{searched.name}: {QUESTIONS} questions, p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms", end=", ")
    print(f"slowest {max(times):.2f} s")
    assert unavailable == 0
    assert p99 <= SLOWEST
