"""A page of results with its counts, out of the tables of one generation."""

import datetime
import json
import sqlite3

from search.engines.base import Hit, Place, Query, Results
from search.engines.embedded import ranking
from search.engines.embedded.matching import Condition, chosen, collect, complete, count_facet
from search.engines.embedded.schema import Tables
from search.engines.marking import mark, passage, quoting, spans


def answered(connection: sqlite3.Connection, tables: Tables, query: Query) -> Results:
    """What a question finds, in one state of the file: `connection` is in a transaction."""
    collect(connection, tables, query)
    condition, parameters = chosen(tables, query)
    wholes = f"FROM temp.matched m WHERE m.whole AND {condition}"
    total = connection.execute(f"SELECT count(*) {wholes}", parameters).fetchone()[0]
    enough = None
    if query.tells_complete:
        having, asked = complete(tables, query)
        counted = connection.execute(f"SELECT count(*) {wholes} AND {having}", [*parameters, *asked])
        enough = counted.fetchone()[0]
    if query.grouped and not query.by_whole:
        hits = _things(connection, tables, query, (condition, parameters))
    else:
        rows = ranking.documents(connection, tables, query, (condition, parameters))
        hits = tuple(_hit(row, query) for row in rows)
    facets = {name: count_facet(connection, tables, query, name) for name in query.facets}
    return Results(hits=hits, total=total, complete=enough, facets=facets)


def _things(connection: sqlite3.Connection, tables: Tables, query: Query, chosen: Condition) -> tuple[Hit, ...]:
    """A page of things, each through its best part, with further parts beside it."""
    rows = ranking.things(connection, tables, query, chosen)
    names = [row[1] for row in rows]
    others = ranking.others(connection, tables, names)
    found = [_hit(row, query, others.get(row[1], ())) for row in rows]
    bests = ranking.bests(connection, tables, names) if query.marked else {}
    return tuple(quoting(hit, *bests[hit.object_id], query.wanted) if hit.object_id in bests else hit for hit in found)


def _hit(row: ranking.Row, query: Query, others: tuple[Place, ...] = ()) -> Hit:
    name, object_id, kind, title, body, url, date, shown, label, score = row
    units = query.wanted if query.marked else ()
    return Hit(
        id=name,
        object_id=object_id,
        kind=kind,
        title=mark(title, spans(title, units)),
        passage=passage(body, units) if query.marked else (),
        url=url,
        date=datetime.date.fromisoformat(date) if date else None,
        shown=json.loads(shown),
        score=score,
        label=label,
        others=others,
    )
