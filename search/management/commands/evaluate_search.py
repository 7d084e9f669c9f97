"""``manage.py evaluate_search``: how well the search finds, on judged questions."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineUnavailableError
from search.engines.registry import ELASTICSEARCH, EMBEDDED, engine, engine_names
from search.evaluation.corpora import CorpusError
from search.evaluation.evaluating import Task, evaluate
from search.evaluation.judged import (
    INSIDERS,
    JudgedQuestion,
    answerable,
    ask_all,
    failing,
    lists_of_the_house,
    names_here,
    read_judged,
    scores,
)
from search.judging.reading import names_of_lists, questions_called
from search.node import BuildError, NodeError

LEVELS = ("article", "document")
DEEP = ("recall@5", "recall@10", "mrr@10", "ndcg@10")
SHOWN = ("recall@5", "recall@10", "recall@20", "recall@100", "mrr@10", "ndcg@10", "documents_per_second")


class Command(BaseCommand):
    help = (
        "Index a corpus through the portal's own analysis and query, ask judged questions, and measure. The portal's "
        "index is not touched; where no Elasticsearch is configured, one is started for it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", type=Path, metavar="FILE", help="Articles, or laws.")
        parser.add_argument("--queries", type=Path, metavar="FILE")
        parser.add_argument("--qrels", type=Path, metavar="FILE")
        parser.add_argument(
            "--judgements",
            metavar="NAME",
            help=f"Instead of files: a judged list, asked of the index in use; {', '.join(lists_of_the_house())}, or "
            "one that administrators keep.",
        )
        parser.add_argument("--query-field", choices=("query", "keywords"), default="query")
        parser.add_argument("--engine", choices=(ELASTICSEARCH, EMBEDDED), default=ELASTICSEARCH)
        parser.add_argument("--level", choices=LEVELS, default="article", help="What the judgements name.")
        parser.add_argument("--run", type=Path, metavar="FILE", help="Write what was found: question, tab, document.")
        parser.add_argument("--no-baselines", action="store_true", help="Leave out plain Elasticsearch beside it.")
        parser.add_argument("--json", action="store_true", help="Print one JSON document.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["judgements"]:
            self._judged(options["judgements"], options["engine"], as_json=options["json"])
            return
        if not all(options[name] for name in ("corpus", "queries", "qrels")):
            raise CommandError("Give --corpus, --queries and --qrels, or --judgements.")
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

    def _judged(self, name: str, engine_name: str, *, as_json: bool) -> None:
        """The measures of a list of the house, and the questions that find nothing of what is relevant."""
        if engine_name not in engine_names():
            engine_name = engine_names()[0]
        questions = _list_called(name)
        names = names_here(questions)
        here = answerable(questions, names)
        try:
            run = ask_all(engine(engine_name), here, names, INSIDERS)
        except EngineUnavailableError as error:
            raise CommandError(str(error)) from error
        found: dict[str, Any] = {key: round(value, 4) for key, value in scores(here, run).items()}
        found = {"engine": engine_name, "questions": len(here), **found, "failing": failing(here, run)}
        if as_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        self.stdout.write(f"{engine_name}: {len(here)} questions, " + ", ".join(f"{one} {found[one]}" for one in DEEP))
        for question in found["failing"]:
            self.stdout.write(f"  {question}")


def _list_called(name: str) -> list[JudgedQuestion]:
    """A list of the house, else one that administrators keep."""
    if name in lists_of_the_house():
        return read_judged(name)
    questions = questions_called(name)
    if questions is None:
        known = ", ".join([*lists_of_the_house(), *names_of_lists()])
        raise CommandError(f"There is no judged list “{name}”. There are: {known}.")
    return questions
