"""What an index should hold and what it holds, side by side in a file that nobody sees: memory stays flat."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.documents import SearchDocument
from search.engines.base import Held

CHUNK = 100

_TABLES = """
CREATE TABLE expected (id TEXT PRIMARY KEY, object_id TEXT NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE held (id TEXT PRIMARY KEY, object_id TEXT NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE stray (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE drifted (object_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE queued (place INTEGER PRIMARY KEY, key TEXT NOT NULL);
"""

_SUSPECTS = """
SELECT e.object_id AS object_id FROM expected e LEFT JOIN held h ON h.id = e.id WHERE h.id IS NULL OR h.hash <> e.hash
UNION
SELECT h.object_id FROM held h LEFT JOIN expected e ON e.id = h.id WHERE e.id IS NULL
"""


@dataclass(frozen=True)
class Drift:
    """How many documents differ, and how."""

    missing: int = 0
    stale: int = 0
    extra: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.missing + self.stale + self.extra

    def __add__(self, other: "Drift") -> "Drift":
        return Drift(self.missing + other.missing, self.stale + other.stale, self.extra + other.extra)


class Ledger:
    """A temporary SQLite database: on disk beyond its cache, without a name, gone with the process."""

    def __init__(self) -> None:
        # A periodic job may be gone on with by another thread than began it; never by two at once.
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(_TABLES)

    def in_turn(self, keys: Iterable[object]) -> Iterator[list[str]]:
        """These keys, some at a time. All are taken at once: the worker may change its connection between two steps."""
        self._connection.execute("DELETE FROM queued")
        self._connection.executemany("INSERT INTO queued (key) VALUES (?)", ((str(key),) for key in keys))
        last = 0
        while rows := self._connection.execute(
            "SELECT place, key FROM queued WHERE place > ? ORDER BY place LIMIT ?", [last, CHUNK]
        ).fetchall():
            last = rows[-1][0]
            yield [key for _place, key in rows]

    def expect(self, documents: Iterable[SearchDocument]) -> None:
        """The database says these should be there."""
        rows = [(document.id, document.object_id, document.content_hash) for document in documents]
        self._connection.executemany("INSERT OR REPLACE INTO expected VALUES (?, ?, ?)", rows)

    def hold(self, documents: Iterable[Held]) -> None:
        """The index holds these."""
        rows = [(document.id, document.object_id, document.content_hash) for document in documents]
        self._connection.executemany("INSERT OR REPLACE INTO held VALUES (?, ?, ?)", rows)

    def stray(self, ids: Iterable[str]) -> None:
        """The index holds these, and they belong to nothing."""
        self._connection.executemany("INSERT OR IGNORE INTO stray VALUES (?)", [(name,) for name in ids])

    def drifted(self, objects: Iterable[str]) -> None:
        """Documents of these objects differ indeed."""
        self._connection.executemany("INSERT OR IGNORE INTO drifted VALUES (?)", [(name,) for name in objects])

    def next_engine(self) -> None:
        """Forget what was held; what is expected stays."""
        for table in ("held", "stray", "drifted"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - one of three words

    def expected(self) -> int:
        """How many documents should be there."""
        return int(self._connection.execute("SELECT count(*) FROM expected").fetchone()[0])

    def suspects(self) -> Iterator[list[str]]:
        """Objects with documents that differ, some at a time."""
        return self._pages(_SUSPECTS)

    def all_drifted(self) -> Iterator[list[str]]:
        """Objects noted as drifted, some at a time."""
        return self._pages("SELECT object_id FROM drifted")

    def all_strays(self) -> Iterator[list[str]]:
        """Names of documents that belong to nothing, some at a time."""
        return self._pages("SELECT id AS object_id FROM stray")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _pages(self, sql: str) -> Iterator[list[str]]:
        rows = self._connection.execute(f"SELECT object_id FROM ({sql}) ORDER BY object_id")  # noqa: S608 - constants
        while page := [name for (name,) in rows.fetchmany(CHUNK)]:
            yield page
