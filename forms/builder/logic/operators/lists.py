"""Lists: the rows of a table, the values of a column, the codes of a multiple choice."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext

from forms.builder.fields.base import LogicType
from forms.builder.logic.kinds import ANY, BOOLEAN, LIST, LISTS, NUMBER, ORDERED, ROW, Kind
from forms.builder.logic.operators.base import Checking, LogicOperator, OfValues, Scope
from forms.builder.logic.values import exact, holds, number, order, plus

LIST_KINDS = (LIST, LogicType.ROWS, LogicType.CHOICES)


@dataclass
class Aggregate(OfValues):
    """One value of many; lists among the parts count with all they hold, blanks are passed over."""

    of: ClassVar[frozenset[str]] = frozenset({LogicType.NUMBER})

    def compute(self, context: Scope, *values: Any) -> Any:
        """The value of all that are not blank."""
        return self.result([one for one in flat(values) if one is not None])

    @abstractmethod
    def result(self, values: list[Any]) -> Any:
        """The value of those."""

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """The kind of what is looked at."""
        found = Kind()
        for kind in kinds:
            one = kind.item or Kind() if kind.name == LIST else kind
            if kind.name in (LogicType.ROWS, LogicType.CHOICES):
                message = gettext("%(part)s: say which column is meant.")
                self.object(context, message % {"part": kind.in_words})
                return Kind()
            self.expect(context, one, *sorted(self.of))
            found = found | one
        return found


@dataclass
class Sum(Aggregate):
    """The sum; 0 of nothing."""

    def result(self, values: list[Any]) -> Any:
        """Numbers only."""
        return total(values)

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """A number."""
        super().kind(context, *kinds)
        return NUMBER


@dataclass
class Average(Sum):
    """The mean; null of nothing."""

    def result(self, values: list[Any]) -> Any:
        """Numbers only."""
        numbers = [one for one in values if number(one) is not None]
        found = total(numbers)
        return exact(float(found) / len(numbers)) if numbers and found is not None else None


@dataclass
class Smallest(Aggregate):
    """`least`: the smallest number, the first date; null of nothing and of what cannot be compared."""

    of = ORDERED
    wanted: ClassVar[int] = -1

    def result(self, values: list[Any]) -> Any:
        """Compare them all."""
        found = values[0] if values else None
        for one in values:
            which = order(one, found)
            if which is None:
                return None
            found = one if which == self.wanted else found
        return found


@dataclass
class Largest(Smallest):
    """`greatest`: the greatest number, the last date."""

    wanted = 1


@dataclass
class Count(Aggregate):
    """How many are not blank: rows of a table, values of a column, codes of a choice."""

    def result(self, values: list[Any]) -> int:
        """Their number."""
        return len(values)

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """A number."""
        return NUMBER


@dataclass
class PerItem(LogicOperator):
    """An operator whose second part is evaluated for each item of its first."""

    least, most = 2, 2

    def items(self, context: Scope) -> list[Any]:
        """The items; none of what is no list."""
        found = self.parts[0].evaluate(context)
        return found if isinstance(found, list) else []

    def each(self, context: Scope) -> Iterator[tuple[Any, Any]]:
        """Every item with the value of the second part."""
        for item in self.items(context):
            context.items.append(item)
            try:
                value = self.parts[1].evaluate(context)
            finally:
                context.items.pop()
            yield item, value

    def typecheck(self, context: Checking) -> Kind:  # type: ignore[override]
        """Check the second part with an item at hand."""
        of = self.parts[0].typecheck(context)
        self.expect(context, of, *LIST_KINDS)
        with context.item(item_of(of)):
            return self.outcome(of, self.parts[1].typecheck(context))

    def outcome(self, of: Kind, value: Kind) -> Kind:
        """The kind of the whole."""
        return BOOLEAN


@dataclass
class Map(PerItem):
    """A value of each item: {"map": [rows, {"var": "column"}]}."""

    def evaluate(self, context: Scope) -> Any:  # type: ignore[override]
        """The values."""
        return [value for _item, value in self.each(context)]

    def outcome(self, of: Kind, value: Kind) -> Kind:
        """A list of those."""
        return Kind(LIST, label=value.label, item=value)


@dataclass
class Filter(PerItem):
    """The items for which the condition applies."""

    def evaluate(self, context: Scope) -> Any:  # type: ignore[override]
        """The items."""
        return [item for item, value in self.each(context) if holds(value)]

    def outcome(self, of: Kind, value: Kind) -> Kind:
        """A list of the same."""
        return of


@dataclass
class All(PerItem):
    """Whether the condition applies to all: false if to one not, null if that cannot be told or there are none."""

    def evaluate(self, context: Scope) -> Any:  # type: ignore[override]
        """Item by item, as far as needed."""
        found: bool | None = None
        untold = False
        for _item, value in self.each(context):
            if value is None:
                untold = True
            elif not holds(value):
                return False
            found = True
        return None if untold else found


@dataclass
class Some(PerItem):
    """Whether the condition applies to one of them: null if that cannot be told, false if there are none."""

    def evaluate(self, context: Scope) -> Any:  # type: ignore[override]
        """Item by item, as far as needed."""
        untold = False
        for _item, value in self.each(context):
            if holds(value):
                return True
            untold = untold or value is None
        return None if untold else False


@dataclass
class NoneOf(Some):
    """`none`: whether the condition applies to none of them."""

    def evaluate(self, context: Scope) -> Any:  # type: ignore[override]
        """The contrary of `some`."""
        found = super().evaluate(context)
        return None if found is None else not found


@dataclass
class Reduce(PerItem):
    """{"reduce": [list, step, start]}: the step sees `current` and `accumulator`."""

    most = 3

    def evaluate(self, context: Scope) -> Any:  # type: ignore[override]
        """Step by step."""
        found = self.parts[2].evaluate(context) if len(self.parts) > 2 else None
        for item in self.items(context):
            context.items.append({"current": item, "accumulator": found})
            try:
                found = self.parts[1].evaluate(context)
            finally:
                context.items.pop()
        return found

    def typecheck(self, context: Checking) -> Kind:  # type: ignore[override]
        """Check the step with an item at hand."""
        of = self.parts[0].typecheck(context)
        self.expect(context, of, *LIST_KINDS)
        start = self.parts[2].typecheck(context) if len(self.parts) > 2 else Kind()
        parts = {"current": item_of(of), "accumulator": Kind(start.name)}
        with context.item(Kind(ROW, parts=parts)):
            return self.parts[1].typecheck(context)


@dataclass
class Length(OfValues):
    """How many characters a text has, or items a list."""

    most = 1

    def compute(self, context: Scope, *values: Any) -> int | None:
        """Their number; null of a blank."""
        return len(values[0]) if isinstance(values[0], str | list) else None

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """A number."""
        self.expect(context, kinds[0], LogicType.TEXT, *LIST_KINDS)
        return NUMBER


def flat(values: tuple[Any, ...]) -> Iterator[Any]:
    """Values, and what lists among them hold."""
    for value in values:
        if isinstance(value, list):
            yield from value
        else:
            yield value


def total(values: list[Any]) -> int | float | None:
    """The sum of the numbers among the values; None if it is too great for one."""
    found: int | float | None = 0
    for value in values:
        one = number(value)
        if one is not None and found is not None:
            found = plus(float(found), one)
    return found


def item_of(kind: Kind) -> Kind:
    """What one item of a list is."""
    if kind.name == LogicType.CHOICES:
        return Kind(LogicType.CHOICE, label=kind.label, codes=kind.codes)
    return kind.item or Kind(ANY) if kind.name in LISTS else Kind(ANY)
