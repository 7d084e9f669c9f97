"""Texts and dates."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.builder.fields.base import LogicType
from forms.builder.logic import days
from forms.builder.logic.kinds import DATE, NUMBER, ORDERED, TEXT, Kind
from forms.builder.logic.operators.base import Checking, OfValues, Scope
from forms.builder.logic.values import as_text


@dataclass
class Concat(OfValues):
    """`concat` and `cat`: texts, numbers and dates one after the other; blanks add nothing."""

    def compute(self, context: Scope, *values: Any) -> str:
        """The text."""
        return "".join(as_text(value) for value in values)

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """A text. Codes of choices are no words."""
        for kind in kinds:
            self.expect(context, kind, LogicType.TEXT, *sorted(ORDERED))
        return TEXT


@dataclass
class OfDates(OfValues):
    """A function of dates."""

    function: ClassVar[Callable[..., Any]]
    takes: ClassVar[tuple[tuple[str, ...], ...]] = ()
    gives: ClassVar[Kind] = DATE

    def compute(self, context: Scope, *values: Any) -> Any:
        """Its value; null with anything that is no date."""
        return type(self).function(*values)

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """The kind of its value."""
        for kind, names in zip(kinds, self.takes, strict=True):
            self.expect(context, kind, *names)
        return self.gives


DAYS = (LogicType.DATE, LogicType.DATETIME)
MONTHS = (*DAYS, LogicType.MONTH)


@dataclass
class DaysBetween(OfDates):
    """{"days_between": [first, second]}."""

    least, most = 2, 2
    function = staticmethod(days.days_between)
    takes = (DAYS, DAYS)
    gives = NUMBER


@dataclass
class AddDays(OfDates):
    """{"add_days": [date, number]}."""

    least, most = 2, 2
    function = staticmethod(days.add_days)
    takes = (DAYS, (LogicType.NUMBER,))


@dataclass
class AddMonths(OfDates):
    """{"add_months": [date or month, number]}."""

    least, most = 2, 2
    function = staticmethod(days.add_months)
    takes = (MONTHS, (LogicType.NUMBER,))

    def kind(self, context: Checking, *kinds: Kind) -> Kind:
        """A month stays a month."""
        super().kind(context, *kinds)
        return Kind(LogicType.MONTH) if kinds[0].name == LogicType.MONTH or kinds[0].reads_as("month") else DATE


@dataclass
class YearOf(OfDates):
    """{"year_of": date or month}."""

    most = 1
    function = staticmethod(days.year_of)
    takes = (MONTHS,)
    gives = NUMBER


@dataclass
class MonthOf(YearOf):
    """{"month_of": date or month}: 1–12."""

    function = staticmethod(days.month_of)


@dataclass
class DayOf(OfDates):
    """{"day_of": date with time}: its date."""

    most = 1
    function = staticmethod(days.day_of)
    takes = (DAYS,)
