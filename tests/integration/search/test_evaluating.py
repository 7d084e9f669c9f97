"""`evaluate_search` with the embedded engine."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories.benchmark import benchmark
from tests.factories.laws import law, written

EMBEDDED = ("--engine", "embedded", "--no-baselines")


def evaluated(*options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("evaluate_search", *options, *EMBEDDED, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_what_is_measured_and_what_was_found(tmp_path: Path) -> None:
    found = evaluated(*benchmark(tmp_path), "--run", str(tmp_path / "run.tsv"))
    assert (found["documents"], found["questions"], found["ndcg@10"], found["recall@100"]) == (4, 2, 1.0, 1.0)
    assert set(found["latency"]) == {"concurrency_1", "concurrency_8"}
    first = dict(reversed([line.split("\t") for line in (tmp_path / "run.tsv").read_text().splitlines()]))
    assert first == {"1": "A3", "2": "A1"}


def test_questions_without_the_field_are_left_out(tmp_path: Path) -> None:
    assert evaluated(*benchmark(tmp_path), "--query-field", "keywords")["questions"] == 1


def test_whole_laws_are_found_through_their_articles(tmp_path: Path) -> None:
    options = benchmark(tmp_path)
    laws = written(
        tmp_path / "laws.jsonl", [law("L7"), law("L8", title="税法", text="第一条 纳税。"), law("L9", text="没有条文")]
    )
    (tmp_path / "queries.jsonl").write_text('{"qid": 1, "query": "救助站提供食物和住处"}', encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("1\t0\tL7\t1\n", encoding="utf-8")
    found = evaluated(*options, "--corpus", str(laws), "--level", "document")
    assert (found["level"], found["documents"], found["ndcg@10"]) == ("document", 6, 1.0)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("corpus.jsonl", '{"id": "A1"}', "corpus.jsonl, line 1"),
        ("queries.jsonl", "\n[1]", "queries.jsonl, line 2"),
        ("qrels.tsv", "1\t0\n", "qrels.tsv, line 1"),
        ("qrels.tsv", None, "qrels.tsv"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, file: str, content: str | None, said: str) -> None:
    options = benchmark(tmp_path)
    if content is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        evaluated(*options)
