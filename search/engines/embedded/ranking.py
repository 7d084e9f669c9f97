"""What of the matched documents stands on a page: things through their best parts, or documents for themselves."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from search.engines.base import Place, Query
from search.engines.embedded.matching import Condition
from search.engines.embedded.schema import Tables
from search.engines.grouping import BEST, OTHERS, SHARE, WORTHWHILE

COLUMNS = "d.id, d.object_id, d.kind, d.title, d.body, d.url, d.date, d.shown, d.label"

Row = tuple[Any, ...]


def documents(connection: sqlite3.Connection, tables: Tables, query: Query, chosen: Condition) -> list[Row]:
    """Every document for itself; of things, where they are asked for, the wholes, each through what answers best."""
    condition, parameters = chosen
    order = "d.date DESC NULLS LAST, d.id" if query.by_date else "m.score DESC, d.date DESC NULLS LAST, d.id"
    wholes = "AND m.whole" if query.grouped else ""
    page = connection.execute(
        f"SELECT m.object_id, m.row FROM temp.matched m JOIN {tables.documents} d ON d.row = m.row {wholes} "
        f"WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?",
        [*parameters, query.size, query.offset],
    ).fetchall()
    rows = [row for _, row in page]
    if query.grouped and not query.understood.is_empty:
        best = _best_of(connection, [name for name, _ in page])
        rows = [best[name] for name, _ in page]
    marks = ",".join("?" * len(rows))
    found = connection.execute(
        f"SELECT d.row, {COLUMNS}, m.score FROM {tables.documents} d JOIN temp.matched m ON m.row = d.row "
        f"WHERE d.row IN ({marks})",
        rows,
    )
    by_row = {row: rest for row, *rest in found}
    return [tuple(by_row[row]) for row in rows]


def _best_of(connection: sqlite3.Connection, names: Sequence[str]) -> dict[str, int]:
    """Of each of these things the row that answers best, the whole before a part of the same score."""
    marks = ",".join("?" * len(names))
    # SQLite takes `row` from the row that has the maximum.
    found = connection.execute(
        f"SELECT object_id, row, max(score + whole * 1e-9) FROM temp.matched WHERE object_id IN ({marks}) "
        "GROUP BY object_id",
        names,
    )
    return {name: row for name, row, _ in found}


def things(connection: sqlite3.Connection, tables: Tables, query: Query, chosen: Condition) -> list[Row]:
    """Things, each as its best part; see `search.engines.grouping`."""
    condition, parameters = chosen
    connection.execute(
        "CREATE TEMP TABLE best (object_id TEXT, row INTEGER, score REAL, place INTEGER, "
        "PRIMARY KEY (object_id, place)) WITHOUT ROWID"
    )
    connection.execute(
        "INSERT INTO temp.best SELECT * FROM (SELECT m.object_id, m.row, m.score, row_number() OVER "
        "(PARTITION BY m.object_id ORDER BY m.score DESC, m.whole DESC, m.row) AS place "
        f"FROM temp.matched m WHERE {condition}) WHERE place <= {BEST}",
        parameters,
    )
    return connection.execute(
        f"SELECT {COLUMNS}, max(b.score) + {SHARE} * sum(b.score) AS worth "
        f"FROM temp.best b JOIN temp.best f ON f.object_id = b.object_id AND f.place = 1 "
        f"JOIN {tables.documents} d ON d.row = f.row "
        "GROUP BY b.object_id ORDER BY worth DESC, d.date DESC NULLS LAST, d.id LIMIT ? OFFSET ?",
        [query.size, query.offset],
    ).fetchall()


def bests(connection: sqlite3.Connection, tables: Tables, names: Sequence[str]) -> dict[str, tuple[Place, str]]:
    """Of things that answer best as a whole the best part, and its text."""
    marks = ",".join("?" * len(names))
    rows = connection.execute(
        f"SELECT b.object_id, d.label, d.url, d.body FROM temp.best b JOIN {tables.documents} d ON d.row = b.row "
        "JOIN temp.best f ON f.object_id = b.object_id AND f.place = 1 "
        "JOIN temp.matched w ON w.row = f.row AND w.whole "
        f"WHERE b.place = 2 AND b.object_id IN ({marks})",
        names,
    )
    return {name: (Place(label, url), body) for name, label, url, body in rows}


def others(connection: sqlite3.Connection, tables: Tables, names: Sequence[str]) -> dict[str, tuple[Place, ...]]:
    """Further parts of things that answer nearly as well as the best."""
    found: dict[str, list[Place]] = defaultdict(list)
    marks = ",".join("?" * len(names))
    rows = connection.execute(
        f"SELECT b.object_id, d.label, d.url FROM temp.best b JOIN {tables.documents} d ON d.row = b.row "
        "JOIN temp.best f ON f.object_id = b.object_id AND f.place = 1 "
        f"WHERE b.place > 1 AND b.score >= {WORTHWHILE} * f.score AND d.label != '' AND b.object_id IN ({marks}) "
        "ORDER BY b.place",
        names,
    )
    for name, label, url in rows:
        if len(found[name]) < OTHERS:
            found[name].append(Place(label, url))
    return {name: tuple(places) for name, places in found.items()}
