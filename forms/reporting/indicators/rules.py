"""What is made of answers. Pure and exact: decimals stay decimals, and every figure knows what it is made of.

Sums and numbers of parts add up to those of the whole; an average is the sum over the number, never an average of
averages; the latest values of the units add up to the total.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, NamedTuple

from forms.builder.fields.base import LogicType
from forms.builder.rules.numbers import exact, is_number
from forms.reporting.indicators.enums import Aggregation, Split

EXACTLY = Context(prec=400)
"""Room for every digit: what was typed is at most 15 digits long, and a sum of a billion of them has 24."""
SHOWN = Decimal("0.01")

ALLOWED: dict[LogicType | None, tuple[Aggregation, ...]] = {
    LogicType.NUMBER: (Aggregation.SUM, Aggregation.AVERAGE, Aggregation.LATEST, Aggregation.COUNT),
    LogicType.BOOLEAN: (Aggregation.SHARE_YES, Aggregation.COUNT, Aggregation.CHOICE),
    LogicType.CHOICE: (Aggregation.CHOICE, Aggregation.COUNT),
    LogicType.CHOICES: (Aggregation.CHOICE, Aggregation.COUNT),
}
"""What can be made of answers of a type; of all others only their number."""


def allowed_for(kind: LogicType | None, *, is_sensitive: bool = False) -> tuple[Aggregation, ...]:
    """What can be made of the answers to a question; sensitive ones are counted, nothing else."""
    return (Aggregation.COUNT,) if is_sensitive else ALLOWED.get(kind, (Aggregation.COUNT,))


def splits_for(aggregation: Aggregation, *, has_choices: bool) -> tuple[Split, ...]:
    """By what it can be shown: the latest value of a unit belongs to no period; choices are counted."""
    if aggregation == Aggregation.LATEST:
        return (Split.UNIT,)
    if aggregation in {Aggregation.COUNT, Aggregation.CHOICE} and has_choices:
        return (Split.UNIT, Split.PERIOD, Split.CHOICE)
    return (Split.UNIT, Split.PERIOD)


class Measure(NamedTuple):
    """What one report contributes."""

    total: Decimal = Decimal()
    number: int = 0
    """Answers: one of a plain question, one for each row of a table."""
    hits: int = 0
    """Answers that are yes, or the choice that is counted."""
    choices: tuple[str, ...] = ()
    """Codes of everything that was chosen."""


def codes_of(value: Any) -> tuple[str, ...]:
    """The codes of an answer that is chosen; yes and no have codes too."""
    if isinstance(value, bool):
        return ("yes",) if value else ("no",)
    if isinstance(value, str):
        return (value,)
    return tuple(dict.fromkeys(code for code in value if isinstance(code, str))) if isinstance(value, list) else ()


def measured(values: Sequence[Any], aggregation: Aggregation, choice: str = "") -> Measure:
    """What the answers of one report contribute; blank ones are None and count as not answered."""
    given = [value for value in values if value is not None]
    if aggregation in {Aggregation.SUM, Aggregation.AVERAGE, Aggregation.LATEST}:
        numbers = [exact(value) for value in given if is_number(value)]
        return Measure(added(numbers), len(numbers))
    codes = [codes_of(value) for value in given]
    if aggregation == Aggregation.SHARE_YES:  # neither yes nor no is "not applicable": it is in no share
        codes = [some for some in codes if some in {("yes",), ("no",)}]
    wanted = "yes" if aggregation == Aggregation.SHARE_YES else choice
    chosen = tuple(code for some in codes for code in some)
    number = len(codes) if aggregation == Aggregation.SHARE_YES else len(given)
    return Measure(Decimal(), number, sum(wanted in some for some in codes), chosen)


def added(numbers: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    total = Decimal()
    for number in numbers:
        total = EXACTLY.add(total, number)
    return total


@dataclass
class Tally:
    """The figures of a unit, a period, a choice, or of everything, as reports come in one by one."""

    accepted: int = 0
    """Accepted reports, whether they answer the question or not."""
    nil: int = 0
    """Of these, those that say that there is nothing to report."""
    answered: int = 0
    total: Decimal = Decimal()
    number: int = 0
    hits: int = 0
    newest: tuple[Any, Decimal] | None = None
    """Of the newest report that answers: its place in time, its value."""
    choices: Counter[str] = field(default_factory=Counter)

    def add(self, one: Measure, *, is_nil: bool = False, at: Any = 0) -> None:
        """Count a report; `at` orders the reports of a unit in time."""
        self.accepted += 1
        self.nil += is_nil
        if not one.number:
            return
        self.answered += 1
        self.total = EXACTLY.add(self.total, one.total)
        self.number += one.number
        self.hits += one.hits
        self.choices.update(one.choices)
        if self.newest is None or at >= self.newest[0]:
            self.newest = (at, one.total)

    def figure(self, aggregation: Aggregation) -> "Figure":
        """What comes out."""
        match aggregation:
            case Aggregation.SUM:
                value: Decimal | None = self.total if self.number else None
            case Aggregation.AVERAGE:
                value = EXACTLY.divide(self.total, Decimal(self.number)) if self.number else None
            case Aggregation.LATEST:
                value = self.newest[1] if self.newest else None
            case Aggregation.COUNT:
                value = Decimal(self.number)
            case Aggregation.CHOICE:
                value = Decimal(self.hits)
            case Aggregation.SHARE_YES:
                value = EXACTLY.divide(Decimal(100 * self.hits), Decimal(self.number)) if self.number else None
        return Figure(value, self.accepted, self.nil, self.answered, self.total, self.number, self.hits)


class Figure(NamedTuple):
    """A figure with everything it is made of; the value is None where there is nothing to say."""

    value: Decimal | None
    accepted: int = 0
    nil: int = 0
    answered: int = 0
    total: Decimal = Decimal()
    number: int = 0
    hits: int = 0


def latest_of_all(figures: Iterable[Figure], whole: Figure) -> Figure:
    """The total of an indicator that takes each unit's latest value: these added up."""
    values = [figure.value for figure in figures if figure.value is not None]
    return whole._replace(value=added(values) if values else None)


def shown(value: Decimal) -> Decimal:
    """To two places at most, half away from zero as people round; without noughts at the end."""
    rounded = value.quantize(SHOWN, ROUND_HALF_UP, EXACTLY)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded.normalize(EXACTLY)
