"""The operators of expressions by name. static/js/logic-operators.js has the same."""

from jsonlogic.registry import OperatorRegistry

from forms.builder.logic.operators import arithmetic, comparing, deciding, lists, reading, texts
from forms.builder.logic.operators.base import Checking, ListOf, Literal, LogicOperator, Scope

OPERATORS: dict[str, type[LogicOperator]] = {
    "var": reading.Var,
    "===": comparing.Same,
    "==": comparing.Same,
    "!==": comparing.Different,
    "!=": comparing.Different,
    "<": comparing.Less,
    "<=": comparing.AtMost,
    ">": comparing.More,
    ">=": comparing.AtLeast,
    "blank": comparing.Blank,
    "in": comparing.In,
    "contains": comparing.Contains,
    "!": deciding.Not,
    "!!": deciding.Truly,
    "and": deciding.And,
    "or": deciding.Or,
    "if": deciding.If,
    "+": arithmetic.Plus,
    "-": arithmetic.Minus,
    "*": arithmetic.Times,
    "/": arithmetic.Divided,
    "%": arithmetic.Remainder,
    "min": arithmetic.Least,
    "max": arithmetic.Greatest,
    "round": arithmetic.Round,
    "sum": lists.Sum,
    "average": lists.Average,
    "least": lists.Smallest,
    "greatest": lists.Largest,
    "count": lists.Count,
    "map": lists.Map,
    "filter": lists.Filter,
    "reduce": lists.Reduce,
    "all": lists.All,
    "some": lists.Some,
    "none": lists.NoneOf,
    "length": lists.Length,
    "concat": texts.Concat,
    "cat": texts.Concat,
    "days_between": texts.DaysBetween,
    "add_days": texts.AddDays,
    "add_months": texts.AddMonths,
    "year_of": texts.YearOf,
    "month_of": texts.MonthOf,
    "day_of": texts.DayOf,
}

REGISTRY = OperatorRegistry()
for name, operator in OPERATORS.items():
    REGISTRY.register(name, operator)

__all__ = ["OPERATORS", "REGISTRY", "Checking", "ListOf", "Literal", "LogicOperator", "Scope"]
