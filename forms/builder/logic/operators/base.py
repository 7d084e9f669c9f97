"""What every operator shares: parts, evaluating them, and checking their kinds."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.utils.translation import gettext
from jsonlogic.core import JSONLogicSyntaxError, Operator
from jsonlogic.evaluation import EvaluationContext
from jsonlogic.typechecking import TypecheckContext

from forms.builder.logic.kinds import IN_WORDS, LIST, Kind, kind_of_literal

SPACES = ("answers", "row", "last", "context")
"""What a path may begin with; inside `map` and its like a name without a dot is a column of the row at hand."""


class Scope(EvaluationContext):
    """The data of one evaluation, and what it noticed."""

    def __init__(self, data: Any) -> None:
        self.data = data
        self.items: list[Any] = []
        """Rows or values at hand, innermost last."""
        self.divided_by_zero = False


class Checking(TypecheckContext):
    """What is known of the data before there are any: kinds by space and key."""

    def __init__(self, spaces: dict[str, dict[str, Kind]]) -> None:
        super().__init__({})
        self.spaces = spaces
        self.items: list[Kind] = []

    @contextmanager
    def item(self, kind: Kind) -> Iterator[None]:
        """Check a part in which one item of a list is at hand."""
        self.items.append(kind)
        try:
            yield
        finally:
            self.items.pop()


@dataclass
class LogicOperator(Operator):
    """An operator of ours. Its parts are operators too; what an editor wrote is a Literal."""

    parts: list["LogicOperator"]

    least: ClassVar[int] = 1
    most: ClassVar[int | None] = None

    @classmethod
    def from_expression(cls, operator: str, arguments: list[Any]) -> Self:
        """The operator with its parts; JSONLogicSyntaxError for too few or too many."""
        if len(arguments) < cls.least or (cls.most is not None and len(arguments) > cls.most):
            raise JSONLogicSyntaxError(f"{operator}: {len(arguments)} parts")
        return cls(operator=operator, parts=[as_operator(part) for part in arguments])

    @abstractmethod
    def evaluate(self, context: Scope) -> Any:  # type: ignore[override]
        """The value."""

    def typecheck(self, context: Checking) -> Kind:  # type: ignore[override]
        """The kind of the value; what cannot go together is noted in the context."""
        return self.kind(context, *[part.typecheck(context) for part in self.parts])

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """The kind that follows from the kinds of the parts."""
        return Kind()

    def expect(self, context: Checking, kind: Kind, *names: str) -> None:
        """Note that a part is of none of the kinds."""
        if not kind.is_one_of(*names) and not any(kind.reads_as(name) for name in names):
            wanted = gettext(" or ").join(str(IN_WORDS[name]) for name in names)
            message = gettext("%(part)s stands where %(wanted)s is needed.")
            self.object(context, message % {"part": kind.in_words, "wanted": wanted})

    def object(self, context: Checking, message: str) -> None:
        """Note what is wrong."""
        context.add_diagnostic(message, "argument_type", self)


@dataclass
class OfValues(LogicOperator):
    """An operator that needs the values of all its parts, whatever they are."""

    def evaluate(self, context: Scope) -> Any:  # type: ignore[override]
        """The value: of all parts first, then of them together."""
        return self.compute(context, *[part.evaluate(context) for part in self.parts])

    @abstractmethod
    def compute(self, context: Scope, *values: Any) -> Any:
        """The value that follows from the values of the parts."""


@dataclass
class Literal(LogicOperator):
    """What an editor wrote."""

    value: Any = None

    def evaluate(self, context: Scope) -> Any:  # type: ignore[override]
        """The value itself."""
        return self.value

    def typecheck(self, context: Checking) -> Kind:  # type: ignore[override]
        """Its kind."""
        return kind_of_literal(self.value)


@dataclass
class ListOf(OfValues):
    """A list of parts."""

    def compute(self, context: Scope, *values: Any) -> list[Any]:
        """The list."""
        return list(values)

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """A list of whatever its parts are."""
        codes = [kind.literal for kind in kinds]
        found = kinds[0] if kinds else Kind()
        for one in kinds[1:]:
            found = found | one
        return Kind(LIST, item=found, literal=codes)


def as_operator(part: Any) -> LogicOperator:
    """The part as an operator."""
    if isinstance(part, LogicOperator):
        return part
    if isinstance(part, list):
        return ListOf("list", [as_operator(one) for one in part])
    return Literal("literal", [], part)
