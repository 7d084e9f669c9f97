"""Which documents of a generation answer a question, and how well: the SQL of the embedded engine."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence

from search.engines.base import LOWERED, LOWERED_TO, MAX_FACET_VALUES, Boost, FacetCount, Query
from search.engines.embedded.audience import allowed, allowed_to
from search.engines.embedded.schema import Tables
from search.parts import PART
from search.text import words
from search.understanding import Understood, Unit, most, needed

WEIGHTS = "8.0, 4.0, 1.0, 1.0"
"""Title and other words count eight and four times, where it stands and the body once."""

TITLE_BONUS = 3.0
ARTICLE_BONUS = 40.0
NUMBER_BONUS = 1000.0
PROMOTED_BONUS = 100_000.0
MAX_UNITS = 60

Parameters = list[str | int | float]
Condition = tuple[str, Parameters]


def collect(connection: sqlite3.Connection, tables: Tables, query: Query) -> None:
    """Put every document that answers the question and may be found by the asker into `temp.matched`, with a score."""
    connection.execute(
        "CREATE TEMP TABLE matched (row INTEGER PRIMARY KEY, object_id TEXT NOT NULL, whole INTEGER NOT NULL, "
        "score REAL NOT NULL DEFAULT 0)"
    )
    _collect(connection, tables, query, query.variants[0])
    if len(query.variants) > 1:
        _widen(connection, tables, query)
    for boost in query.boosting:
        _boost(connection, tables, boost)
    if query.pinned:
        _pin(connection, tables, query)


def _boost(connection: sqlite3.Connection, tables: Tables, boost: Boost) -> None:
    """Let what a boost concerns count more or less."""
    if boost.since:
        concerned, parameters = f"{tables.documents} WHERE date >= ?", [boost.since.isoformat()]
    else:
        concerned, parameters = f"{tables.facets} WHERE name = ? AND value = ?", [boost.facet, boost.value]
    connection.execute(
        f"UPDATE temp.matched SET score = score * ? WHERE row IN (SELECT row FROM {concerned})",
        [boost.factor, *parameters],
    )


def _collect(connection: sqlite3.Connection, tables: Tables, query: Query, understood: Understood) -> None:
    """What answers one variant of the question, with its score."""
    units, required = _asked(understood), _required(understood)
    where, parameters = _answering(tables, query, understood)
    connection.execute(
        "INSERT INTO temp.matched (row, object_id, whole) "
        f"SELECT d.row, d.object_id, d.whole FROM {tables.documents} d WHERE {where}",
        parameters,
    )
    if units:
        _score(connection, tables.pairs, _any(map(_joined, units)))
    if required:
        _score(connection, tables.words, _any(_row(row) for rows in required for row in rows))
    _reward(connection, tables, understood)
    for name, values in LOWERED.items():
        connection.execute(
            f"UPDATE temp.matched SET score = score * {LOWERED_TO} WHERE row IN (SELECT row FROM {tables.facets} "
            "WHERE name = ? AND value IN (SELECT value FROM json_each(?)))",
            (name, json.dumps(values)),
        )


def _answering(tables: Tables, query: Query, understood: Understood) -> Condition:
    """What answers one variant and may be found, as a condition on `d`."""
    excluded = [_having(tables, [row], "NOT IN", "d") for row in understood.excluded]
    has = _has(tables, understood, most if query.complete else needed, "d")
    return _joining(" AND ", [_allowed(tables, query), has, *excluded])


def _has(tables: Tables, understood: Understood, count: Callable[[int], int], of: str) -> Condition:
    """What one variant asks for: its phrases, numbers and alternatives, and so many of its words."""
    units = _asked(understood)
    conditions = [_having(tables, rows, "IN", of) for rows in _required(understood)]
    if units:
        conditions.append(_or_article(tables, understood, _enough(tables, units, count(len(units)), of), of))
    return _joining(" AND ", conditions or [("1", [])])


def _widen(connection: sqlite3.Connection, tables: Tables, query: Query) -> None:
    """What answers the question in other words too; each document scores as the variant that it answers best."""
    connection.execute("CREATE TEMP TABLE widened AS SELECT * FROM temp.matched")
    for variant in query.variants[1:]:
        connection.execute("DELETE FROM temp.matched")
        _collect(connection, tables, query, variant)
        connection.execute("INSERT INTO temp.widened SELECT * FROM temp.matched")
    connection.execute("DELETE FROM temp.matched")
    connection.execute(
        "INSERT INTO temp.matched (row, object_id, whole, score) "
        "SELECT row, object_id, whole, max(score) FROM temp.widened GROUP BY row"
    )


def _pin(connection: sqlite3.Connection, tables: Tables, query: Query) -> None:
    """Put promoted things that the asker may find before everything, the first of them worth most."""
    connection.execute("ALTER TABLE temp.matched ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0")
    allowed, parameters = _allowed(tables, query)
    for place, name in enumerate(query.pinned):
        connection.execute(
            "INSERT INTO temp.matched (row, object_id, whole, score, pinned) "
            f"SELECT d.row, d.object_id, d.whole, ?, 1 FROM {tables.documents} d "
            f"WHERE d.object_id = ? AND d.whole AND {allowed} "
            "ON CONFLICT (row) DO UPDATE SET score = score + excluded.score",
            [PROMOTED_BONUS * (len(query.pinned) - place), name, *parameters],
        )


def complete(tables: Tables, query: Query) -> Condition:
    """What of `m` has what was typed, in these words or in others, as a condition; pins alone do not count."""
    text, parameters = _joining(" OR ", [_has(tables, variant, most, "m") for variant in query.variants])
    pins = "NOT m.pinned AND " if query.pinned else ""
    return f"{pins}({text})", parameters


def _required(understood: Understood) -> list[list[Unit]]:
    """Rows of tokens, of each group of which one must be there."""
    return [
        *([phrase] for phrase in understood.phrases),
        *(list(number.phrases) for number in understood.numbers),
        *(list(group) for group in understood.alternatives),
    ]


def _asked(understood: Understood) -> list[Unit]:
    return list(understood.units[:MAX_UNITS])


def _allowed(tables: Tables, query: Query) -> Condition:
    """The audience and the withheld objects, as a condition on documents `d`."""
    return allowed(tables), [*allowed_to(query.tokens, query.withheld)]


def _having(tables: Tables, rows: Sequence[Unit], among: str, of: str) -> Condition:
    """One of the rows of tokens, in the document's own text or in what its parts hold."""
    expression = _any(map(_row, rows))
    return (
        f"{of}.row {among} (SELECT rowid FROM {tables.words} WHERE {tables.words} MATCH ? "
        f"UNION ALL SELECT rowid FROM {tables.inner} WHERE {tables.inner} MATCH ?)",
        [expression, f"words : {expression}"],
    )


def _enough(tables: Tables, units: Sequence[Unit], count: int, of: str) -> Condition:
    """So many of the units; FTS5 itself cannot count."""
    each = (
        f"SELECT rowid AS row, {{place}} AS unit FROM {tables.pairs} WHERE {tables.pairs} MATCH ? "
        f"UNION SELECT rowid, {{place}} FROM {tables.inner} WHERE {tables.inner} MATCH ?"
    )
    if count <= 1:
        expression = _any(map(_joined, units))
        return f"{of}.row IN (SELECT row FROM ({each.format(place=0)}))", [expression, f"pairs : {expression}"]
    found = " UNION ".join(each.format(place=place) for place in range(len(units)))
    parameters: Parameters = []
    for unit in units:
        parameters += [_joined(unit), f"pairs : {_joined(unit)}"]
    return f"{of}.row IN (SELECT row FROM ({found}) GROUP BY row HAVING count(*) >= ?)", [*parameters, count]


def _or_article(tables: Tables, understood: Understood, words: Condition, of: str) -> Condition:
    """These words; or the article that is named, where nothing else is asked for."""
    if not understood.only_articles:
        return words
    text, parameters = words
    named = f"SELECT row FROM {tables.facets} WHERE name = ? AND value IN (SELECT value FROM json_each(?))"
    return f"({text} OR {of}.row IN ({named}))", [*parameters, PART, json.dumps(understood.articles)]


def _score(connection: sqlite3.Connection, index: str, expression: str) -> None:
    """Add how well the index finds that documents answer. Scored apart: joined, FTS5 would be asked row by row."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS scored (row INTEGER PRIMARY KEY, score REAL NOT NULL)")
    connection.execute("DELETE FROM temp.scored")
    connection.execute(
        f"INSERT INTO temp.scored SELECT rowid, -bm25({index}, {WEIGHTS}) FROM {index} WHERE {index} MATCH ?",
        (expression,),
    )
    connection.execute(
        "UPDATE temp.matched SET score = score + "
        "coalesce((SELECT s.score FROM temp.scored s WHERE s.row = matched.row), 0)"
    )


def _reward(connection: sqlite3.Connection, tables: Tables, understood: Understood) -> None:
    """Rank what has a whole expression in its title higher, and what bears the number asked for highest."""
    for run in understood.runs:
        connection.execute(
            f"UPDATE temp.matched SET score = score + ? WHERE row IN "
            f"(SELECT rowid FROM {tables.words} WHERE {tables.words} MATCH ?)",
            (TITLE_BONUS, f"title : {_row(tuple(words(run)))}"),
        )
    for label in understood.articles:
        connection.execute(
            "UPDATE temp.matched SET score = score + ? WHERE NOT whole AND row IN "
            f"(SELECT row FROM {tables.facets} WHERE name = ? AND value = ?)",
            (ARTICLE_BONUS, PART, label),
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


def _joined(unit: Unit) -> str:
    """A pair as the index of pairs has it."""
    return '"' + "".join(unit) + '"'


def _joining(sign: str, conditions: Sequence[Condition]) -> Condition:
    return sign.join(text for text, _ in conditions), [value for _, values in conditions for value in values]


def _any(expressions: Iterable[str]) -> str:
    return "(" + " OR ".join(expressions) + ")"


def chosen(tables: Tables, query: Query, but: str = "") -> Condition:
    """The chosen facet values and dates as a condition on `m`, those of one facet aside."""
    conditions, parameters = ["1"], Parameters()
    for sign, day in ((">=", query.since), ("<=", query.until)):
        if day:
            conditions.append(f"m.row IN (SELECT row FROM {tables.documents} WHERE date {sign} ?)")
            parameters.append(day.isoformat())
    for name, values in query.filters.items():
        if name == but or not values:
            continue
        conditions.append(
            f"EXISTS (SELECT 1 FROM {tables.facets} f WHERE f.row = m.row AND f.name = ? "
            "AND f.value IN (SELECT value FROM json_each(?)))"
        )
        parameters += [name, json.dumps(sorted(values))]
    return " AND ".join(conditions), parameters


def count_facet(connection: sqlite3.Connection, tables: Tables, query: Query, name: str) -> tuple[FacetCount, ...]:
    """The values of one facet with their counts of wholes, the most frequent first."""
    condition, parameters = chosen(tables, query, but=name)
    rows = connection.execute(
        f"SELECT v.value, count(*) FROM temp.matched m JOIN {tables.facets} v ON v.row = m.row AND v.name = ? "
        f"WHERE m.whole AND {condition} GROUP BY v.value ORDER BY count(*) DESC, v.value LIMIT ?",
        [name, *parameters, MAX_FACET_VALUES],
    )
    return tuple(FacetCount(value, count) for value, count in rows)
