"""What a generation of tables holds, document by document, for comparing it with the database."""

import json
import sqlite3
from collections.abc import Collection, Iterator

from search.engines.base import Held
from search.engines.embedded.schema import Tables

PAGE = 1_000


def held(connection: sqlite3.Connection, tables: Tables, after: int) -> tuple[list[Held], int]:
    """The next documents behind a row, and the last row among them; none: that was all.

    A page is a transaction of its own: a reader who stayed in one state would keep the log from being cut.
    """
    rows = connection.execute(
        f"SELECT row, id, object_id, content_hash FROM {tables.documents} WHERE row > ? ORDER BY row LIMIT ?",
        (after, PAGE),
    ).fetchall()
    return [Held(*row[1:]) for row in rows], rows[-1][0] if rows else after


def held_of(connection: sqlite3.Connection, tables: Tables, objects: Collection[str]) -> Iterator[Held]:
    """The documents of some objects."""
    rows = connection.execute(
        f"SELECT id, object_id, content_hash FROM {tables.documents} "
        "WHERE object_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(objects)),),
    )
    return (Held(*row) for row in rows)
