"""What a draft changes for a judged question, and for all of them. Nothing here asks the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from search.evaluation.measures import means, measures_of

SHOWN = ("ndcg@10", "recall@10")
SAME = 0.0005
"""Differences below the third place after the point are none."""


class Move(StrEnum):
    """What became of a place."""

    SAME = "same"
    UP = "up"
    DOWN = "down"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Place:
    """A thing among the first ten: where it stood before or stands after, and how well it answers (0: not judged)."""

    number: int
    thing: str
    grade: int
    move: Move
    other: int = 0
    """Its place on the other side; 0 where it is not among the first ten."""


@dataclass(frozen=True)
class Compared:
    """One question: what it finds with what is live, and with the draft."""

    number: int
    question: str
    grades: Mapping[str, int]
    before: tuple[str, ...]
    after: tuple[str, ...]

    @classmethod
    def of(cls, number: int, row: Mapping[str, Any]) -> "Compared":
        """What was written as JSON; where the draft asks the same, it finds the same."""
        before = tuple(row["before"])
        after = before if row["after"] is None else tuple(row["after"])
        return cls(number, row["question"], row["grades"], before, after)

    @property
    def is_changed(self) -> bool:
        """Whether the first ten are others, or stand in another order."""
        return self.before != self.after

    @cached_property
    def measures(self) -> tuple[dict[str, float], dict[str, float]]:
        """Before and after."""
        return measures_of(self.grades, self.before), measures_of(self.grades, self.after)

    @property
    def shown(self) -> "list[Measure]":
        """The measures that are shown."""
        before, after = self.measures
        return [Measure(name, before[name], after[name]) for name in SHOWN]

    @property
    def gain(self) -> float:
        """By how much the first measure grows."""
        return self.shown[0].change

    def places(self) -> tuple[list[Place], list[Place]]:
        """The first ten of both sides, with what moved."""
        return self._side(self.before, self.after, Move.GONE), self._side(self.after, self.before, Move.NEW)

    def _side(self, mine: Sequence[str], others: Sequence[str], missing: Move) -> list[Place]:
        elsewhere = {thing: number for number, thing in enumerate(others, start=1)}
        found = []
        for number, thing in enumerate(mine, start=1):
            other = elsewhere.get(thing, 0)
            # Both sides say which way it goes from before to after.
            steps = (number - other) if missing is Move.GONE else (other - number)
            move = missing if not other else Move.UP if steps > 0 else Move.DOWN if steps < 0 else Move.SAME
            found.append(Place(number, thing, self.grades.get(thing, 0), move, other))
        return found


@dataclass(frozen=True)
class Measure:
    """A measure over all questions, or of one."""

    name: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """By how much it grows."""
        return self.after - self.before

    @property
    def falls(self) -> bool:
        """Whether it is less afterwards."""
        return self.change < -SAME

    @property
    def rises(self) -> bool:
        """Whether it is more afterwards."""
        return self.change > SAME


def compared(outcome: Mapping[str, Any]) -> list[Compared]:
    """The questions of an outcome, numbered from 1."""
    return [Compared.of(number, row) for number, row in enumerate(outcome.get("questions", ()), start=1)]


def overall(rows: Sequence[Compared]) -> list[Measure]:
    """The measures over all questions."""
    before = means([row.measures[0] for row in rows])
    after = means([row.measures[1] for row in rows])
    return [Measure(name, before[name], after[name]) for name in SHOWN]


def changed(rows: Sequence[Compared]) -> list[Compared]:
    """Those whose first ten change, what loses most first."""
    return sorted((row for row in rows if row.is_changed), key=lambda row: (row.gain, row.number))
