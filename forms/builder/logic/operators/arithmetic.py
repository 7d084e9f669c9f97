"""Arithmetic. With a blank there is no result (null); dividing by zero gives none either, and is noticed."""

import math
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.builder.fields.base import LogicType
from forms.builder.logic.kinds import NUMBER, Kind
from forms.builder.logic.operators.base import Checking, OfValues, Scope
from forms.builder.logic.values import exact, number, plus, rounded

Number = int | float


@dataclass
class Arithmetic(OfValues):
    """An operator on numbers."""

    def compute(self, context: Scope, *values: Any) -> Number | None:
        """The result; null with anything that is no number."""
        found: list[float] = []
        for value in values:
            one = number(value)
            if one is None:
                return None
            found.append(one)
        return self.result(context, *found)

    @abstractmethod
    def result(self, context: Scope, *numbers: float) -> Number | None:
        """The result of numbers."""

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """A number of numbers."""
        for kind in kinds:
            self.expect(context, kind, LogicType.NUMBER)
        return NUMBER


@dataclass
class Plus(Arithmetic):
    """+."""

    def result(self, context: Scope, *numbers: float) -> Number | None:
        """The sum, one after the other."""
        return chained(plus, numbers)


@dataclass
class Minus(Arithmetic):
    """-: a difference, or with one part the negative."""

    most = 2

    def result(self, context: Scope, *numbers: float) -> Number | None:
        """The difference."""
        return plus(numbers[0], -numbers[1]) if len(numbers) > 1 else exact(-numbers[0])


@dataclass
class Times(Arithmetic):
    """*."""

    def result(self, context: Scope, *numbers: float) -> Number | None:
        """The product, one after the other."""
        return chained(lambda found, one: exact(found * one), numbers)


@dataclass
class Divided(Arithmetic):
    """/. A third stays as exact as a double can hold it: a third times three is one."""

    least, most = 2, 2

    def result(self, context: Scope, *numbers: float) -> Number | None:
        """The quotient."""
        one, other = numbers
        if other == 0:
            context.divided_by_zero = True
            return None
        found = one / other
        return found if math.isfinite(found) else None


@dataclass
class Remainder(Divided):
    """%: what is left of the first, with its sign."""

    def result(self, context: Scope, *numbers: float) -> Number | None:
        """The remainder."""
        one, other = numbers
        quotient = super().result(context, one, other)
        known = None if quotient is None else exact(float(quotient))
        share = None if known is None else exact(float(math.trunc(known)) * other)
        return None if share is None else plus(one, -float(share))


@dataclass
class Least(Arithmetic):
    """`min`: null with a blank, as arithmetic is; `least` passes over blanks."""

    def result(self, context: Scope, *numbers: float) -> Number | None:
        """The smallest."""
        return exact(min(numbers))


@dataclass
class Greatest(Arithmetic):
    """`max`."""

    def result(self, context: Scope, *numbers: float) -> Number | None:
        """The greatest."""
        return exact(max(numbers))


@dataclass
class Round(Arithmetic):
    """{"round": [number, places]}: half away from zero, as it is taught in school."""

    most = 2
    usual: ClassVar[int] = 0

    def result(self, context: Scope, *numbers: float) -> Number | None:
        """The rounded number."""
        return rounded(*numbers)


def chained(step: Callable[[float, float], Number | None], numbers: Sequence[float]) -> Number | None:
    """The first with the second, the result with the third, and so on."""
    first, *rest = numbers
    if not rest:
        return exact(first)
    found: Number | None = first
    for one in rest:
        found = None if found is None else step(float(found), one)
    return found
