"""One evaluation: fill an index of its own, ask the questions, measure; beside it the same of plain Elasticsearch."""

import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from search.engines.embedded import EmbeddedEngine
from search.engines.registry import ELASTICSEARCH
from search.evaluation.asking import Answering, Ours, latency, run_of
from search.evaluation.corpora import Question, documents_of, judgements_of, questions_of
from search.evaluation.measures import Judged, measured

AT_ONCE = (1, 8)
PATIENCE = 30.0
"""Seconds an answer may take here: what is found is measured apart from how long it takes."""


@dataclass(frozen=True)
class Task:
    """What is evaluated on what."""

    corpus: Path
    queries: Path
    qrels: Path
    field: str = "query"
    engine: str = ELASTICSEARCH
    by_document: bool = False
    baselines: bool = True


def evaluate(task: Task) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Everything that was measured, and what our engine found for each question.

    Raises:
        CorpusError: a file that cannot be read.
        OSError: a file that is not there.
        NodeError, BuildError: no Elasticsearch could be started here.
    """
    questions = questions_of(task.queries, task.field)
    asked = {question.key for question in questions}
    judged = {key: found for key, found in judgements_of(task.qrels).items() if key in asked}
    with ExitStack() as stack:
        url = _elasticsearch(stack) if task.engine == ELASTICSEARCH or task.baselines else ""
        ours = stack.enter_context(_ours(task.engine, url))
        run, told = _measured(ours, task, questions, judged)
        report: dict[str, Any] = {
            "engine": task.engine,
            "level": "document" if task.by_document else "article",
            "query_field": task.field,
            "questions": len(judged),
            **told,
        }
        if task.baselines:
            report["baselines"] = {
                name: _measured(found, task, questions, judged)[1] for name, found in _plain(stack, url)
            }
    return report, run


def _measured(
    asked: Answering, task: Task, questions: Sequence[Question], judged: Judged
) -> tuple[dict[str, list[str]], dict[str, Any]]:
    begun = time.perf_counter()
    count = asked.load(documents_of(task.corpus))
    seconds = time.perf_counter() - begun
    run = run_of(asked, questions, by_document=task.by_document)
    latencies = {f"concurrency_{at_once}": latency(asked, questions, at_once=at_once) for at_once in AT_ONCE}
    scores = {name: round(value, 4) for name, value in measured(judged, run).items()}
    rate = round(count / seconds) if seconds else 0
    return run, {**scores, "documents": count, "documents_per_second": rate, "latency": latencies}


def _elasticsearch(stack: ExitStack) -> str:
    """Address of the cluster that is configured, else of a node of our own."""
    configured = str(settings.PORTAL_ELASTICSEARCH_URL or "")
    if configured and settings.PORTAL_SEARCH_ENGINE == ELASTICSEARCH:
        from search.engines.elasticsearch.nodes import addresses

        return addresses(configured)[0]
    from search.node import LocalNode

    return stack.enter_context(LocalNode(heap="1g")).url


@contextmanager
def _ours(name: str, url: str) -> Iterator[Ours]:
    """The engine over an index of its own; the portal's is not touched."""
    if name != ELASTICSEARCH:
        with tempfile.TemporaryDirectory() as folder:
            yield Ours(EmbeddedEngine(Path(folder) / "search.sqlite3"))
        return
    from search.dsl import Elasticsearch
    from search.engines.elasticsearch import ElasticsearchEngine

    prefix = f"evaluation-{uuid.uuid4().hex}"
    engine = ElasticsearchEngine(url, prefix, seconds=PATIENCE)
    try:
        yield Ours(engine)
    finally:
        engine.close()
        with Elasticsearch(url) as client:
            client.indices.delete(index=list(client.indices.get(index=f"{prefix}*")), ignore_unavailable=True)
            client.options(ignore_status=404).indices.delete_index_template(name=f"{prefix}*")


def _plain(stack: ExitStack, url: str) -> Iterator[tuple[str, Answering]]:
    from search.evaluation.baselines import ANALYSERS, plain

    for analyser in ANALYSERS:
        yield f"match_{analyser}", stack.enter_context(plain(url, analyser))
