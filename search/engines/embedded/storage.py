"""Writing documents into one generation of tables."""

import json
import sqlite3
from collections.abc import Collection, Sequence

from search.documents import SearchDocument
from search.engines.embedded import naming
from search.engines.embedded.schema import Tables
from search.suggesting.names import names_of
from search.text import pairs, words

CHUNK = 500
"""Object ids in one statement; SQLite takes at least 999 parameters."""


def remove(connection: sqlite3.Connection, tables: Tables, objects: Collection[str]) -> None:
    """Remove every document of the objects."""
    _remove(connection, tables, "object_id", list(objects))


def discard(connection: sqlite3.Connection, tables: Tables, ids: Collection[str]) -> None:
    """Remove documents by their own names; other parts of the same objects stay."""
    _remove(connection, tables, "id", list(ids))


def put(connection: sqlite3.Connection, tables: Tables, documents: Sequence[SearchDocument]) -> None:
    """Add documents; those that are there already are replaced, other parts of the same objects stay."""
    discard(connection, tables, [document.id for document in documents])
    add(connection, tables, documents)


def _remove(connection: sqlite3.Connection, tables: Tables, column: str, names: Sequence[str]) -> None:
    for start in range(0, len(names), CHUNK):
        chunk = names[start : start + CHUNK]
        marks = ",".join("?" * len(chunk))
        found = connection.execute(f"SELECT row FROM {tables.documents} WHERE {column} IN ({marks})", chunk)
        rows = [(row,) for (row,) in found.fetchall()]
        naming.remove(connection, tables, [row for (row,) in rows])
        for index in (tables.words, tables.pairs, tables.inner):
            connection.executemany(f"DELETE FROM {index} WHERE rowid = ?", rows)
        for table in (tables.audience, tables.facets, tables.numbers, tables.documents):
            connection.executemany(f"DELETE FROM {table} WHERE row = ?", rows)


def add(connection: sqlite3.Connection, tables: Tables, documents: Sequence[SearchDocument]) -> None:
    """Add documents that are not there yet."""
    named: set[tuple[str, str]] = set()
    for document in documents:
        row = _insert(connection, tables, document)
        # The articles of a chapter stand under one heading: one of them bears it for all, whoever finds one finds all.
        names = [name for name in names_of(document) if document.is_whole or (document.object_id, name[0]) not in named]
        named.update((document.object_id, text) for text, _role in names)
        naming.add(connection, tables, row, names)
        connection.executemany(
            f"INSERT INTO {tables.audience} VALUES (?, ?)", [(row, token) for token in document.audience]
        )
        connection.executemany(
            f"INSERT OR IGNORE INTO {tables.facets} VALUES (?, ?, ?)",
            [(row, name, value) for name, values in document.all_facets.items() for value in values],
        )
        connection.executemany(
            f"INSERT INTO {tables.numbers} VALUES (?, ?)", [(key, row) for key in document.number_keys]
        )
        fields = (document.searched_title, document.clean_extra, document.clean_context, document.clean_body)
        for index, split in ((tables.words, _split), (tables.pairs, _paired)):
            connection.execute(
                f"INSERT INTO {index} (rowid, title, extra, context, body) VALUES (?, ?, ?, ?, ?)",
                (row, *map(split, fields)),
            )
        if document.clean_inner:
            connection.execute(
                f"INSERT INTO {tables.inner} (rowid, words, pairs) VALUES (?, ?, ?)",
                (row, _split(document.clean_inner), _paired(document.clean_inner)),
            )


def _insert(connection: sqlite3.Connection, tables: Tables, document: SearchDocument) -> int:
    row = connection.execute(
        f"INSERT INTO {tables.documents} "
        "(id, object_id, kind, title, body, url, date, shown, content_hash, whole, label) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.id,
            document.object_id,
            document.kind,
            document.clean_title,
            document.clean_body or document.clean_inner,
            document.url,
            document.date.isoformat() if document.date else None,
            json.dumps(dict(document.shown), ensure_ascii=False),
            document.content_hash,
            document.is_whole,
            document.label,
        ),
    ).lastrowid
    return row or 0  # SQLite counts from 1; None would be said of a statement that inserts nothing


def _split(text: str) -> str:
    return " ".join(words(text))


def _paired(text: str) -> str:
    return " ".join(pairs(text))
