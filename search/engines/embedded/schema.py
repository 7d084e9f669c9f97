"""Tables of the embedded engine. A generation is one complete set of them; the one searched is named in `meta`."""

import sqlite3
from dataclasses import dataclass

VERSION = 6
"""Counts up when the tables or the tokens change; a file of another version is emptied and filled anew."""

_SPLIT = 'tokenize = "unicode61 remove_diacritics 0"'


@dataclass(frozen=True)
class Tables:
    """The names of one generation's tables. Only numbers reach them, never what somebody typed."""

    generation: int

    @property
    def documents(self) -> str:
        """One row a document, as it is shown."""
        return f"documents_{self.generation}"

    @property
    def audience(self) -> str:
        """Who may find it."""
        return f"audience_{self.generation}"

    @property
    def facets(self) -> str:
        """Its facet values."""
        return f"facets_{self.generation}"

    @property
    def numbers(self) -> str:
        """Its document numbers."""
        return f"numbers_{self.generation}"

    @property
    def words(self) -> str:
        """The full-text index of single characters and words; its row ids are those of the documents."""
        return f"words_{self.generation}"

    @property
    def pairs(self) -> str:
        """The same text as pairs of neighbouring characters, by which it is ranked."""
        return f"pairs_{self.generation}"

    @property
    def inner(self) -> str:
        """What the parts of wholes hold. Apart, since a long text would make the title beside it count for less."""
        return f"inner_{self.generation}"

    @property
    def names(self) -> str:
        """What things are called, each name once; suggestions come from here."""
        return f"names_{self.generation}"

    @property
    def named(self) -> str:
        """Which document bears which name, and what the name is of it (`search.suggesting.names.Role`)."""
        return f"named_{self.generation}"

    @property
    def sounds(self) -> str:
        """The full-text index of names: as written, as read, and in first letters, token by token."""
        return f"sounds_{self.generation}"

    @property
    def beside(self) -> str:
        """Which tokens stand beside one another in which names; corrections are made of them."""
        return f"beside_{self.generation}"

    @property
    def all(self) -> tuple[str, ...]:
        """Every table of the generation."""
        found = (self.documents, self.audience, self.facets, self.numbers, self.words, self.pairs, self.inner)
        return *found, self.names, self.named, self.sounds, self.beside

    def create(self, connection: sqlite3.Connection) -> None:
        """Make the tables."""
        for statement in (
            # The long text comes last: what is read of every match lies before it.
            f"""CREATE TABLE {self.documents} (
                row INTEGER PRIMARY KEY, object_id TEXT NOT NULL, whole INTEGER NOT NULL, date TEXT,
                id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL, label TEXT NOT NULL,
                url TEXT NOT NULL, shown TEXT NOT NULL, content_hash TEXT NOT NULL, body TEXT NOT NULL)""",
            f"CREATE INDEX {self.documents}_object ON {self.documents} (object_id)",
            f"CREATE INDEX {self.documents}_date ON {self.documents} (date)",
            f"CREATE TABLE {self.audience} (row INTEGER, token TEXT, PRIMARY KEY (row, token)) WITHOUT ROWID",
            f"CREATE TABLE {self.facets} (row INTEGER, name TEXT, value TEXT, PRIMARY KEY (row, name, value)) "
            "WITHOUT ROWID",
            f"CREATE INDEX {self.facets}_value ON {self.facets} (name, value)",
            f"CREATE TABLE {self.numbers} (key TEXT, row INTEGER, PRIMARY KEY (key, row)) WITHOUT ROWID",
            f"CREATE INDEX {self.numbers}_row ON {self.numbers} (row)",
            # Text comes in already cut into tokens and folded; the tokenizer only has to split at blanks.
            f"CREATE VIRTUAL TABLE {self.words} USING fts5 (title, extra, context, body, {_SPLIT})",
            f"CREATE VIRTUAL TABLE {self.pairs} USING fts5 (title, extra, context, body, {_SPLIT})",
            f"CREATE VIRTUAL TABLE {self.inner} USING fts5 (words, pairs, {_SPLIT})",
            f"CREATE TABLE {self.names} (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, text TEXT NOT NULL UNIQUE)",
            f"CREATE TABLE {self.named} (name INTEGER, row INTEGER, role INTEGER, PRIMARY KEY (name, row, role)) "
            "WITHOUT ROWID",
            f"CREATE INDEX {self.named}_row ON {self.named} (row)",
            f"CREATE VIRTUAL TABLE {self.sounds} USING fts5 (shape, sound, initials, prefix = '1 2', {_SPLIT})",
            f"CREATE TABLE {self.beside} (first TEXT, second TEXT, name INTEGER, PRIMARY KEY (first, second, name)) "
            "WITHOUT ROWID",
        ):
            connection.execute(statement)

    def drop(self, connection: sqlite3.Connection) -> None:
        """Remove the tables."""
        for table in self.all:
            connection.execute(f"DROP TABLE IF EXISTS {table}")


def prepare(connection: sqlite3.Connection) -> None:
    """Make the table that names the generation in use and the last one given out."""
    connection.execute("CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL)")


def generations(connection: sqlite3.Connection) -> list[int]:
    """The generations that have tables."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'documents_[0-9]*'")
    return sorted(int(name.rpartition("_")[2]) for (name,) in found.fetchall())


def read(connection: sqlite3.Connection, name: str) -> int:
    """A number of `meta`; 0 where there is none."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


def write(connection: sqlite3.Connection, name: str, value: int) -> None:
    """Set a number of `meta`."""
    connection.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
