"""Conditions and what follows from them. A condition that cannot be told (null) does not apply, and a check holds."""

from dataclasses import dataclass
from typing import Any

from forms.builder.fields.base import LogicType
from forms.builder.logic.kinds import BOOLEAN, Kind
from forms.builder.logic.operators.base import Checking, LogicOperator, OfValues, Scope
from forms.builder.logic.values import holds


@dataclass
class Not(OfValues):
    """!: whether it does not apply."""

    most = 1

    def compute(self, context: Scope, *values: Any) -> bool:
        """The contrary."""
        return not holds(values[0])

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """True or false."""
        return BOOLEAN


@dataclass
class Truly(Not):
    """!!: whether it applies."""

    def compute(self, context: Scope, *values: Any) -> bool:
        """True or false."""
        return holds(values[0])


@dataclass
class And(LogicOperator):
    """All of them: the first that does not apply, else null if one cannot be told, else the last."""

    def evaluate(self, context: Scope) -> Any:  # type: ignore[override]
        """One after the other, as far as needed."""
        untold, found = False, None
        for part in self.parts:
            found = part.evaluate(context)
            if found is None:
                untold = True
            elif not holds(found):
                return found
        return None if untold else found

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """True or false, if all of them are."""
        return BOOLEAN if all(kind.name == LogicType.BOOLEAN for kind in kinds) else Kind()


@dataclass
class Or(And):
    """Any of them: the first that applies, else null if one cannot be told, else the last."""

    def evaluate(self, context: Scope) -> Any:  # type: ignore[override]
        """One after the other, as far as needed."""
        untold, found = False, None
        for part in self.parts:
            found = part.evaluate(context)
            if holds(found):
                return found
            untold = untold or found is None
        return None if untold else found


@dataclass
class If(LogicOperator):
    """{"if": [condition, then, condition, then, …, else]}; without else it is null."""

    def evaluate(self, context: Scope) -> Any:  # type: ignore[override]
        """Only what the conditions lead to."""
        last = len(self.parts) - 1
        for place in range(0, last, 2):
            if holds(self.parts[place].evaluate(context)):
                return self.parts[place + 1].evaluate(context)
        return self.parts[last].evaluate(context) if last % 2 == 0 else None

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """What all the outcomes have in common."""
        outcomes = [kind for place, kind in enumerate(kinds) if place % 2 or place == len(kinds) - 1]
        found = outcomes[0]
        for one in outcomes[1:]:
            found = found | one
        return found
