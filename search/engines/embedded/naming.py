"""Keeping the names of things: written with each document, removed with the last that bears them."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from search.engines.embedded import vocabulary
from search.engines.embedded.schema import Tables
from search.suggesting.names import Role, keys_of

ASKED = (Role.ASKED, Role.ASKED_INSIDE)


def add(connection: sqlite3.Connection, tables: Tables, row: int, names: Iterable[tuple[str, Role]]) -> None:
    """Note what the document in a row is called."""
    for text, role in names:
        if not text:
            continue
        number = _name(connection, tables, text)
        connection.execute(f"INSERT OR IGNORE INTO {tables.named} VALUES (?, ?, ?)", (number, row, role))
        if role is not Role.HEADING:
            _offer(connection, tables, number, text)


def remove(connection: sqlite3.Connection, tables: Tables, rows: Sequence[int]) -> None:
    """Forget what documents are called, and the names that nothing bears any more."""
    of = "row IN (SELECT value FROM json_each(?))"
    _forget(connection, tables, of, [json.dumps(rows)])


def remember(
    connection: sqlite3.Connection, tables: Tables, questions: Mapping[str, tuple[Role, Sequence[str]]]
) -> None:
    """Make these the past questions: each with its role and the things that were opened after it (`object_id`).

    Only what differs is written: this is repeated every few minutes, and mostly nothing does.
    """
    present = set(
        connection.execute(
            f"SELECT n.text, l.role, l.row FROM {tables.named} l JOIN {tables.names} n ON n.id = l.name "
            "WHERE l.role IN (?, ?)",
            ASKED,
        ).fetchall()
    )
    wanted = set(_bearing(connection, tables, questions))
    for text, role, row in sorted(present - wanted):
        named = f"name = (SELECT id FROM {tables.names} WHERE text = ?) AND role = ? AND row = ?"
        _forget(connection, tables, named, [text, role, row])
    for text, role, row in sorted(wanted - present):
        add(connection, tables, row, [(text, role)])


def _bearing(
    connection: sqlite3.Connection, tables: Tables, questions: Mapping[str, tuple[Role, Sequence[str]]]
) -> Iterator[tuple[str, Role, int]]:
    """Questions with the rows of what was opened after them."""
    for text, (role, objects) in questions.items():
        rows = connection.execute(
            f"SELECT row FROM {tables.documents} WHERE whole AND object_id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(objects)),),
        )
        yield from ((text, role, row) for (row,) in rows)


def _name(connection: sqlite3.Connection, tables: Tables, text: str) -> int:
    """The number of a name, which is written where it is new."""
    known = connection.execute(f"SELECT id FROM {tables.names} WHERE text = ?", (text,)).fetchone()
    if known:
        return int(known[0])
    written = connection.execute(f"INSERT INTO {tables.names} (size, text) VALUES (?, ?)", (len(text), text))
    number = written.lastrowid or 0
    vocabulary.add(connection, tables, number, text)
    return number


def _offer(connection: sqlite3.Connection, tables: Tables, number: int, text: str) -> None:
    """Make a name to be found while somebody types it."""
    if connection.execute(f"SELECT 1 FROM {tables.sounds} WHERE rowid = ?", (number,)).fetchone() is None:
        keys = keys_of(text)
        connection.execute(
            f"INSERT INTO {tables.sounds} (rowid, shape, sound, initials) VALUES (?, ?, ?, ?)",
            (number, keys.shape, keys.sound, keys.initials),
        )


def _forget(connection: sqlite3.Connection, tables: Tables, condition: str, values: Sequence[object]) -> None:
    found = connection.execute(f"SELECT DISTINCT name FROM {tables.named} WHERE {condition}", values).fetchall()
    connection.execute(f"DELETE FROM {tables.named} WHERE {condition}", values)
    for (name,) in found:
        if connection.execute(f"SELECT 1 FROM {tables.named} WHERE name = ? LIMIT 1", (name,)).fetchone() is None:
            text = connection.execute(f"SELECT text FROM {tables.names} WHERE id = ?", (name,)).fetchone()[0]
            vocabulary.remove(connection, tables, name, text)
            connection.execute(f"DELETE FROM {tables.names} WHERE id = ?", (name,))
            connection.execute(f"DELETE FROM {tables.sounds} WHERE rowid = ?", (name,))
