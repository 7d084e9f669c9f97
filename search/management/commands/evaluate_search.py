"""``manage.py evaluate_search``: how well the search finds, on judged questions."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.registry import ELASTICSEARCH, EMBEDDED
from search.evaluation.corpora import CorpusError
from search.evaluation.evaluating import Task, evaluate
from search.node import BuildError, NodeError

LEVELS = ("article", "document")
SHOWN = ("recall@5", "recall@10", "recall@20", "recall@100", "mrr@10", "ndcg@10", "documents_per_second")


class Command(BaseCommand):
    help = (
        "Index a corpus through the portal's own analysis and query, ask judged questions, and measure. The portal's "
        "index is not touched; where no Elasticsearch is configured, one is started for it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", type=Path, required=True, metavar="FILE", help="Articles, or laws.")
        parser.add_argument("--queries", type=Path, required=True, metavar="FILE")
        parser.add_argument("--qrels", type=Path, required=True, metavar="FILE")
        parser.add_argument("--query-field", choices=("query", "keywords"), default="query")
        parser.add_argument("--engine", choices=(ELASTICSEARCH, EMBEDDED), default=ELASTICSEARCH)
        parser.add_argument("--level", choices=LEVELS, default="article", help="What the judgements name.")
        parser.add_argument("--run", type=Path, metavar="FILE", help="Write what was found: question, tab, document.")
        parser.add_argument("--no-baselines", action="store_true", help="Leave out plain Elasticsearch beside it.")
        parser.add_argument("--json", action="store_true", help="Print one JSON document.")

    def handle(self, *args: Any, **options: Any) -> None:
        task = Task(
            corpus=options["corpus"],
            queries=options["queries"],
            qrels=options["qrels"],
            field=options["query_field"],
            engine=options["engine"],
            by_document=options["level"] == "document",
            baselines=not options["no_baselines"],
        )
        try:
            report, run = evaluate(task)
        except (CorpusError, OSError, NodeError, BuildError) as error:
            raise CommandError(str(error)) from error
        if options["run"]:
            lines = (f"{question}\t{found}\n" for question, hits in run.items() for found in hits)
            options["run"].write_text("".join(lines), encoding="utf-8")
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for name, found in {report["engine"]: report, **report.get("baselines", {})}.items():
            self.stdout.write(f"{name}: " + ", ".join(f"{one} {found[one]}" for one in SHOWN))
