"""Asking judged questions twice: with what is live, and with the draft where that asks anything else."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from search.engines.base import Query, SearchEngine
from search.evaluation.judged import DEEP, JudgedQuestion, answerable, names_here, unknown
from search.tuning.reading import tuned
from search.tuning.rules import Tuning


@dataclass(frozen=True)
class Work:
    """Questions of which something is here, what their names mean, and the names that mean nothing any more."""

    questions: list[JudgedQuestion]
    names: Mapping[str, str]
    missing: list[str]

    @classmethod
    def of(cls, questions: list[JudgedQuestion]) -> "Work":
        """Looked up once for all of them."""
        names = names_here(questions)
        return cls(answerable(questions, names), names, unknown(questions, names))


@dataclass
class Asking:
    """What is asked, of which engine, for whom, and what has come out."""

    engine: SearchEngine
    tokens: frozenset[str]
    live: Tuning
    draft: Tuning
    withheld: frozenset[str]
    questions: list[dict[str, Any]] = field(default_factory=list)
    things: dict[str, list[str]] = field(default_factory=dict)

    def take(self, question: JudgedQuestion, names: Mapping[str, str]) -> None:
        """Ask one question with what is live, and with the draft where that asks anything else."""
        plain = Query(tokens=self.tokens, text=question.text, marked=False, size=DEEP, withheld=self.withheld)
        before, after = tuned(plain, self.live), tuned(plain, self.draft)
        self.questions.append(
            {
                "question": question.text,
                # What is not here any more cannot be found: it is named beside the measures.
                "grades": {names[name]: grade for name, grade in question.grades.items() if name in names},
                "before": self._ask(before),
                "after": None if _is_same(before, after) else self._ask(after),
            }
        )

    def _ask(self, query: Query) -> list[str]:
        hits = self.engine.search(query).hits
        for hit in hits:
            self.things[hit.object_id] = ["".join(piece.text for piece in hit.title), hit.url]
        return [hit.object_id for hit in hits]


def _is_same(before: Query, after: Query) -> bool:
    """Whether the engines are asked the same: words that do not stand in a question change nothing."""
    if before == after:
        return True
    alike = replace(before, wording=after.wording) == after
    return alike and before.variants == after.variants
