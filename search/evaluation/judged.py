"""Judged questions over things of this portal: the lists of the house, and asking an engine all of them."""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.units.access import INSIDER, PUBLIC
from search.engines.base import Query, SearchEngine
from search.evaluation.measures import measured
from search.evaluation.naming import things_called

DATA = Path(__file__).parent / "data"
DEEP = 10
INSIDERS = frozenset({PUBLIC, INSIDER})
"""Who asks: anybody who works here, so that tasks are found."""


class JudgementError(ValueError):
    """A list that cannot be read; the message names the line."""


@dataclass(frozen=True)
class JudgedQuestion:
    """A question, what is relevant with how much it counts, and why, for who reads the list."""

    text: str
    grades: Mapping[str, int]
    why: str = ""

    @property
    def relevant(self) -> frozenset[str]:
        """Names of what is relevant."""
        return frozenset(self.grades)


def read_judged(name: str) -> list[JudgedQuestion]:
    """A list of the house by its name. JudgementError for a line without question or answer, and a question twice."""
    path = DATA / f"{name}.csv"
    found: dict[str, JudgedQuestion] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            relevant = list(filter(None, (row["relevant"] or "").split(";")))
            if not row["question"] or not relevant or row["question"] in found:
                raise JudgementError(f"{path.name}, line {number}")
            found[row["question"]] = JudgedQuestion(row["question"], dict.fromkeys(relevant, 1), row["why"] or "")
    return list(found.values())


def lists_of_the_house() -> list[str]:
    """Names of the lists."""
    return sorted(path.stem for path in DATA.glob("*.csv"))


def names_here(questions: Iterable[JudgedQuestion]) -> dict[str, str]:
    """What the questions call relevant and this portal has → what it is called in the index."""
    names = {name for question in questions for name in question.grades}
    return {name: thing.object_id for name, thing in things_called(names).items()}


def unknown(questions: Iterable[JudgedQuestion], names: Mapping[str, str]) -> list[str]:
    """What the questions call relevant and this portal does not have."""
    return sorted({name for question in questions for name in question.grades if name not in names})


def answerable(questions: Iterable[JudgedQuestion], names: Mapping[str, str]) -> list[JudgedQuestion]:
    """Those of the questions of which something relevant is here (`names_here`)."""
    return [question for question in questions if not question.relevant.isdisjoint(names)]


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
    return measured({question.text: question.grades for question in questions}, run)


def failing(questions: Iterable[JudgedQuestion], run: Mapping[str, list[str]]) -> list[str]:
    """Questions of which nothing relevant is among the best ten."""
    return [question.text for question in questions if not question.relevant & set(run.get(question.text, ())[:DEEP])]
