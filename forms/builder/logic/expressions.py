"""Expressions: from JSON to operators, once; from operators and data to values, many times."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from jsonlogic.core import JSONLogicExpression, JSONLogicSyntaxError
from jsonlogic.registry import UnknownOperator

from forms.builder.logic.operators import REGISTRY, Literal, LogicOperator, Scope
from forms.builder.logic.operators.base import as_operator
from forms.builder.logic.operators.lists import Filter, PerItem
from forms.builder.logic.operators.reading import Var
from forms.builder.logic.values import number

MOST_DEPTH, MOST_NODES = 40, 2000
"""How deep and how long an expression may be: far more than anybody builds, far less than would hold a server up."""


class ExpressionError(ValueError):
    """The JSON is no expression."""


class TooLargeError(ExpressionError):
    """It is deeper than MOST_DEPTH or longer than MOST_NODES."""


class UnknownOperatorError(ExpressionError):
    """It names an operator that there is not; the message is its name."""


def compiled(rule: Any) -> LogicOperator:
    """The expression ready to be evaluated; ExpressionError if it is none."""
    try:
        return compiled_text(json.dumps(rule, sort_keys=True, ensure_ascii=False, separators=(",", ":")))
    except RecursionError:
        raise TooLargeError("too deep") from None
    except TypeError:
        raise ExpressionError("no JSON") from None


@lru_cache(maxsize=4096)
def compiled_text(canonical: str) -> LogicOperator:
    """The same, of canonical JSON."""
    rule = json.loads(canonical)
    check_shape(rule)
    if not isinstance(rule, dict):
        return plain(rule)
    try:
        return as_operator(JSONLogicExpression.from_json(rule).as_operator_tree(REGISTRY))
    except UnknownOperator as error:
        raise UnknownOperatorError(error.operator_id) from None
    except JSONLogicSyntaxError as error:
        raise ExpressionError(error.message) from None


def plain(rule: Any) -> LogicOperator:
    """An expression that is no operator: a value, or a list of expressions."""
    if isinstance(rule, list):
        return as_operator([compiled(part) for part in rule])
    return Literal("literal", [], rule)


def check_shape(rule: Any) -> None:
    """ExpressionError for what is too large, names no or several operators, or holds numbers that are none."""
    waiting: list[tuple[Any, int]] = [(rule, 1)]
    nodes = 0
    while waiting:
        part, depth = waiting.pop()
        nodes += 1
        if depth > MOST_DEPTH or nodes + len(waiting) > MOST_NODES:
            raise TooLargeError("too large")
        if isinstance(part, dict):
            if len(part) != 1:
                raise ExpressionError("one operator expected")
            (part,) = part.values()
            if not isinstance(part, list):
                waiting.append((part, depth + 1))
        if isinstance(part, list):
            waiting.extend((one, depth + 1) for one in part)
        elif isinstance(part, int | float) and not isinstance(part, bool) and number(part) is None:
            raise ExpressionError("no number")


def evaluate(rule: Any, data: Any) -> Any:
    """The value of an expression for the data; ExpressionError if it is no expression."""
    return compiled(rule).evaluate(Scope(data))


class Reference(NamedTuple):
    """What an expression reads."""

    space: str
    """One of operators.base.SPACES; "" for a column of a list that cannot be told."""
    key: str
    column: str = ""
    """Of a table: the column; "*" for all of them."""


def references(operator: LogicOperator, tables: tuple[Reference | None, ...] = ()) -> Iterator[Reference]:
    """Everything that an expression reads. `tables`: the tables whose rows are at hand, innermost last."""
    if isinstance(operator, Var):
        yield from reference(operator, tables)
    if isinstance(operator, PerItem):
        table = table_of(operator.parts[0], tables)
        yield from references(operator.parts[0], tables)
        yield from references(operator.parts[1], (*tables, table))
        for part in operator.parts[2:]:
            yield from references(part, tables)
    else:
        for part in operator.parts:
            yield from references(part, tables)


def reference(var: Var, tables: tuple[Reference | None, ...]) -> Iterator[Reference]:
    """What one path reads."""
    if tables and not var.names_space:
        table = tables[-1]
        path = var.path[1:] if var.path[:1] in (("current",), ("accumulator",)) else var.path
        if table is not None:
            yield table._replace(column=path[0] if path else "*")
        else:
            yield Reference("", ".".join(path))
    elif var.path:
        space, *rest = var.path
        yield Reference(space, *(rest[:2] or [""]))


def table_of(operator: LogicOperator, tables: tuple[Reference | None, ...]) -> Reference | None:
    """The table whose rows an operator gives."""
    while isinstance(operator, Filter):
        operator = operator.parts[0]
    if isinstance(operator, Var) and operator.names_space and len(operator.path) == 2:
        return Reference(*operator.path)
    return None


__all__ = [
    "ExpressionError",
    "Reference",
    "TooLargeError",
    "UnknownOperatorError",
    "compiled",
    "evaluate",
    "references",
]
