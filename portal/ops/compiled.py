"""Queries that every request asks, put into SQL once: afterwards only their values change.

Putting a query into SQL takes Django several times as long as PostgreSQL takes to answer it. For nearly all that does
not matter; a few are asked by every request of everybody. The rule stays where it is, in the queryset: what is kept is
what Django made of it. Such a query has to look the same whatever its values are.
"""

import copy
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Value = int | str | datetime.date | datetime.datetime
Row = TypeVar("Row")

UNLIKELY = -8_000_000
"""Values from here downwards stand for the parameters while the query is being compiled."""


class _Place(str):
    """The name of a parameter, where its value goes."""

    __slots__ = ()


@dataclass(frozen=True)
class _Statement:
    queryset: QuerySet[Any, Any]
    compiler: SQLCompiler
    converters: Mapping[int, Any]
    sql: str
    places: tuple[Any, ...]
    """What is bound: a `_Place` where a value goes, anything else as it is."""

    def bound(self, values: Mapping[str, Value]) -> tuple[Any, ...]:
        """What is sent beside the SQL."""
        return tuple(_adapted(values[one]) if type(one) is _Place else one for one in self.places)

    def filled(self, values: Mapping[str, Value]) -> QuerySet[Any, Any]:
        """The queryset, not asked yet, whose compiler has nothing to do any more."""
        bound = self.bound(values)
        compiler, query = copy.copy(self.compiler), copy.copy(self.queryset.query)
        compiler.__dict__.update(
            connection=connection,
            as_sql=lambda *_args, **_options: (self.sql, bound),
            get_converters=lambda _columns: self.converters,
        )
        query.__dict__["get_compiler"] = lambda *_args, **_options: compiler
        # Not copy.copy: that of a queryset asks it.
        filled = self.queryset.__class__.__new__(self.queryset.__class__)
        filled.__dict__.update(self.queryset.__dict__, _query=query, _result_cache=None)
        return filled


class Compiled(Generic[Row]):
    """A query for rows: of a model, or of values.

    `build` makes the queryset from one value for each of the `parameters`: an int, a text, a date, an instant.
    ValueError at the first asking where the queryset leaves one of them out. As in Django's own queries, nothing is
    equal to a whole number that the database cannot hold.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], **parameters: type[Value]) -> None:
        self._build, self._parameters = build, parameters
        self._compiled: dict[str, _Statement | None] = {}

    def rows(self, **values: Value) -> list[Row]:
        """The rows for these values; one query."""
        statement = self._statement(values)
        return list(statement.filled(values)) if statement is not None else []

    def count(self, **values: Value) -> int:
        """How many rows there are; one query. The database reads no more of a row than finding it needs."""
        statement = self._statement(values)
        if statement is None:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({statement.sql}) counted", statement.bound(values))  # noqa: S608 Django made it
            (number,) = cursor.fetchone()
        return int(number)

    def _statement(self, values: Mapping[str, Value]) -> _Statement | None:
        """None where there are no rows."""
        if any(type(value) is int and not _held(value) for value in values.values()):
            return None
        if connection.vendor not in self._compiled:
            self._compiled[connection.vendor] = self._compile()
        return self._compiled[connection.vendor]

    def _compile(self) -> _Statement | None:
        """None where there are no rows whatever the values are."""
        examples = {name: _example(kind, number) for number, (name, kind) in enumerate(self._parameters.items())}
        queryset = self._build(**examples)
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            sql, bound = compiler.as_sql()
        except EmptyResultSet:
            return None
        names = {_adapted(example): _Place(name) for name, example in examples.items()}
        if missing := names.keys() - set(bound):
            raise ValueError(f"The query does not use {[names[one] for one in missing]}.")
        places = tuple(names.get(one, one) for one in bound)
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        return _Statement(queryset, compiler, converters, sql, places)


def _example(kind: type[Value], number: int) -> Value:
    if issubclass(kind, str):
        return f"{UNLIKELY - number}"
    if issubclass(kind, datetime.datetime):
        return datetime.datetime(1, 1, 2 + number, tzinfo=datetime.UTC)
    return datetime.date(1, 1, 2 + number) if issubclass(kind, datetime.date) else UNLIKELY - number


def _held(number: int) -> bool:
    """Whether the database has whole numbers so large; addresses may name any."""
    least, most = connection.ops.integer_field_range("BigIntegerField")
    return (least is None or least <= number) and (most is None or number <= most)


def _adapted(value: Value) -> Any:
    """The value as the database takes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    return connection.ops.adapt_integerfield_value(value, "BigIntegerField")
