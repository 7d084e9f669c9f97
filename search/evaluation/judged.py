"""Judged questions over things of this portal, named so that the names outlive a new import: slugs and task numbers."""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.units.access import INSIDER, PUBLIC
from search.documents import object_id
from search.engines.base import Query, SearchEngine
from search.evaluation.measures import measured
from search.kinds import CAMPAIGN, POLICY, TASK, TRAINING
from search.sources.registry import source

DATA = Path(__file__).parent / "data"
DEEP = 10
INSIDERS = frozenset({PUBLIC, INSIDER})
"""Who asks: anybody who works here, so that tasks are found."""

PAGES = (POLICY, TRAINING, CAMPAIGN)


class JudgementError(ValueError):
    """A list that cannot be read; the message names the line."""


@dataclass(frozen=True)
class JudgedQuestion:
    """A question, what is relevant, and why, for who reads the list."""

    text: str
    relevant: frozenset[str]
    why: str = ""


def read_judged(name: str) -> list[JudgedQuestion]:
    """A list of the house by its name. JudgementError for a line without question or answer, and a question twice."""
    path = DATA / f"{name}.csv"
    found: dict[str, JudgedQuestion] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            relevant = frozenset(filter(None, (row["relevant"] or "").split(";")))
            if not row["question"] or not relevant or row["question"] in found:
                raise JudgementError(f"{path.name}, line {number}")
            found[row["question"]] = JudgedQuestion(row["question"], relevant, row["why"] or "")
    return list(found.values())


def lists_of_the_house() -> list[str]:
    """Names of the lists."""
    return sorted(path.stem for path in DATA.glob("*.csv"))


def names_here() -> dict[str, str]:
    """What things are called in lists → what they are called in the index. Tasks of several programmes: the first."""
    found: dict[str, str] = {}
    for kind in PAGES:
        rows = _rows(kind).live().values_list("slug", "pk")
        found |= {f"{kind}:{slug}": object_id(kind, pk) for slug, pk in rows}
    for number, pk in _rows(TASK).order_by("-pk").values_list("number", "pk"):
        found[f"{TASK}:{number}"] = object_id(TASK, pk)
    return found


def _rows(kind: str) -> Any:
    model: Any = source(kind).model
    return model.objects.all()


def unknown(questions: Iterable[JudgedQuestion], names: Mapping[str, str]) -> list[str]:
    """What the questions call relevant and this portal does not have."""
    return sorted({name for question in questions for name in question.relevant if name not in names})


def ask_all(
    engine: SearchEngine, questions: Collection[JudgedQuestion], names: Mapping[str, str], tokens: frozenset[str]
) -> dict[str, list[str]]:
    """What each question finds, the best ten, called as lists call them."""
    called = {here: name for name, here in names.items()}
    run: dict[str, list[str]] = {}
    for question in questions:
        hits = engine.search(Query(tokens=tokens, text=question.text, marked=False, size=DEEP)).hits
        run[question.text] = [called.get(hit.object_id, hit.object_id) for hit in hits]
    return run


def scores(questions: Iterable[JudgedQuestion], run: Mapping[str, list[str]]) -> dict[str, float]:
    """The measures of the evaluation over all questions."""
    return measured({question.text: question.relevant for question in questions}, run)


def failing(questions: Iterable[JudgedQuestion], run: Mapping[str, list[str]]) -> list[str]:
    """Questions of which nothing relevant is among the best ten."""
    return [question.text for question in questions if not question.relevant & set(run.get(question.text, ())[:DEEP])]
