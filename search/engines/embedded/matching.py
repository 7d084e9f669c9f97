"""Which documents of a generation answer a question, and how well: the SQL of the embedded engine."""

import json
import sqlite3
from collections.abc import Iterable, Mapping

from search.engines.base import MAX_FACET_VALUES, FacetCount, Query
from search.engines.embedded.schema import Tables
from search.text import words
from search.understanding import Understood, Unit, needed

RANK = "-bm25({words}, 8.0, 4.0, 1.0, 1.0)"
"""Title and other words count eight and four times, where it stands and the body once."""

TITLE_BONUS = 3.0
NUMBER_BONUS = 1000.0
MAX_UNITS = 60

Parameters = list[str | int | float]


def collect(connection: sqlite3.Connection, tables: Tables, query: Query) -> None:
    """Put every document that answers the question and may be found by the asker into `temp.matched`, with a score."""
    connection.execute("CREATE TEMP TABLE matched (row INTEGER PRIMARY KEY, score REAL NOT NULL) ")
    allowed, parameters = _allowed(tables, query)
    understood = query.understood
    if understood.is_empty:
        connection.execute(
            f"INSERT INTO temp.matched SELECT d.row, 0 FROM {tables.documents} d WHERE {allowed}", parameters
        )
        return
    required = [_row(phrase) for phrase in understood.phrases]
    required += [_any(map(_row, number.phrases)) for number in understood.numbers]
    units = list(dict.fromkeys(understood.units))[:MAX_UNITS]
    if needed(len(units)) == len(units):
        expression = " AND ".join([*required, *map(_row, units)])
        condition, before = "", Parameters()
    elif needed(len(units)) == 1 and not required:
        expression, condition, before = _any(map(_row, units)), "", Parameters()
    else:
        expression = _any([*required, *map(_row, units)])
        condition, before = _enough(tables, required, units)
    rank = RANK.format(words=tables.words)
    connection.execute(
        f"INSERT INTO temp.matched SELECT d.row, {rank} FROM {tables.words} JOIN {tables.documents} d "
        f"ON d.row = {tables.words}.rowid WHERE {tables.words} MATCH ? AND {allowed} {condition}",
        [expression, *parameters, *before],
    )
    _reward(connection, tables, understood)


def _allowed(tables: Tables, query: Query) -> tuple[str, Parameters]:
    """The audience and the withheld objects, as a condition on documents `d`."""
    return (
        f"EXISTS (SELECT 1 FROM {tables.audience} a WHERE a.row = d.row "
        "AND a.token IN (SELECT value FROM json_each(?))) "
        "AND d.object_id NOT IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(query.tokens)), json.dumps(sorted(query.withheld))],
    )


def _enough(tables: Tables, required: list[str], units: list[Unit]) -> tuple[str, Parameters]:
    """Documents with all that is required and so many of the units; FTS5 itself cannot count."""
    each = f"SELECT rowid FROM {tables.words} WHERE {tables.words} MATCH ?"
    conditions = [f"AND d.row IN ({each})" for _ in required]
    conditions.append(
        f"AND d.row IN (SELECT rowid FROM ({' UNION ALL '.join([each] * len(units))}) "
        "GROUP BY rowid HAVING count(*) >= ?)"
    )
    return " ".join(conditions), [*required, *map(_row, units), needed(len(units))]


def _reward(connection: sqlite3.Connection, tables: Tables, understood: Understood) -> None:
    """Rank what has a whole expression in its title higher, and what bears the number asked for highest."""
    for run in understood.runs:
        connection.execute(
            f"UPDATE temp.matched SET score = score + ? WHERE row IN "
            f"(SELECT rowid FROM {tables.words} WHERE {tables.words} MATCH ?)",
            (TITLE_BONUS, f"title : {_row(tuple(words(run)))}"),
        )
    for number in understood.numbers:
        for place, key in enumerate(number.keys):
            connection.execute(
                "UPDATE temp.matched SET score = score + ? "
                f"WHERE row IN (SELECT row FROM {tables.numbers} WHERE key = ?)",
                (NUMBER_BONUS / (place + 1), key),
            )


def _row(unit: Unit) -> str:
    """Tokens side by side, in FTS5's query language. Tokens are letters and digits only, so quotes cannot break out."""
    return '"' + " ".join(unit) + '"'


def _any(expressions: Iterable[str]) -> str:
    return "(" + " OR ".join(expressions) + ")"


def chosen(tables: Tables, filters: Mapping[str, frozenset[str]], but: str = "") -> tuple[str, Parameters]:
    """The chosen facet values as a condition on `m`, those of one facet aside."""
    conditions, parameters = ["1"], Parameters()
    for name, values in filters.items():
        if name == but or not values:
            continue
        conditions.append(
            f"EXISTS (SELECT 1 FROM {tables.facets} f WHERE f.row = m.row AND f.name = ? "
            "AND f.value IN (SELECT value FROM json_each(?)))"
        )
        parameters += [name, json.dumps(sorted(values))]
    return " AND ".join(conditions), parameters


def count_facet(connection: sqlite3.Connection, tables: Tables, query: Query, name: str) -> tuple[FacetCount, ...]:
    """The values of one facet with their counts, the most frequent first."""
    condition, parameters = chosen(tables, query.filters, but=name)
    rows = connection.execute(
        f"SELECT v.value, count(*) FROM temp.matched m JOIN {tables.facets} v ON v.row = m.row AND v.name = ? "
        f"WHERE {condition} GROUP BY v.value ORDER BY count(*) DESC, v.value LIMIT ?",
        [name, *parameters, MAX_FACET_VALUES],
    )
    return tuple(FacetCount(value, count) for value, count in rows)
