"""The embedded engine. Several processes may use the file at once: readers never wait, writers queue."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from search.documents import SearchDocument
from search.engines.base import EngineUnavailableError, Health, Held, Query, Rejected, Results
from search.engines.embedded import keeping, storage
from search.engines.embedded.answers import answered
from search.engines.embedded.schema import VERSION, Tables, generations, prepare, read, write

WAIT_SECONDS = 10.0
CURRENT, LAST = "current", "last"


class EmbeddedEngine:
    """FTS5 in a file. It is opened anew for every operation, so a file that was replaced or restored is noticed."""

    name = "embedded"

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def definition(self) -> str:
        """The version of tables and tokens."""
        return str(VERSION)

    def exists(self) -> bool:
        """Whether the file is there and of the present version."""
        if not self.path.exists():
            return False
        with self._open() as connection:
            return bool(connection.execute("PRAGMA user_version").fetchone()[0] == VERSION)

    def ensure(self) -> bool:
        """Make the file and its first generation where there is none, or one of another version."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._open(create=True) as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
                return False
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            with _writing(connection):
                if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
                    return False
                prepare(connection)
                last = read(connection, LAST)
                for generation in range(last + 1):
                    Tables(generation).drop(connection)
                Tables(last + 1).create(connection)
                write(connection, CURRENT, last + 1)
                write(connection, LAST, last + 1)
                connection.execute(f"PRAGMA user_version = {VERSION}")
        return True

    def replace(self, objects: Collection[str], documents: Sequence[SearchDocument]) -> list[Rejected]:
        """Afterwards the index holds of these objects exactly these documents."""
        return self.replace_in(None, objects, documents)

    def replace_in(
        self, generation: int | None, objects: Collection[str], documents: Sequence[SearchDocument]
    ) -> list[Rejected]:
        """The same in a generation; None is the one in use."""
        with self._open() as connection, _writing(connection):
            tables = Tables(read(connection, CURRENT) if generation is None else generation)
            storage.remove(connection, tables, {*objects, *(document.object_id for document in documents)})
            storage.add(connection, tables, documents)
        return []

    def put_in(self, generation: int, documents: Sequence[SearchDocument]) -> list[Rejected]:
        """Add documents to a generation that nobody searches yet."""
        with self._open() as connection, _writing(connection):
            storage.put(connection, Tables(generation), documents)
        return []

    def search(self, query: Query) -> Results:
        """Answer a question, from one state of the file."""
        with self._open() as connection:
            connection.execute("BEGIN")
            return answered(connection, Tables(read(connection, CURRENT)), query)

    def count(self) -> int:
        """How many documents the generation in use holds."""
        return self.count_in(None)

    def count_in(self, generation: int | None) -> int:
        """How many documents a generation holds."""
        with self._open() as connection:
            tables = Tables(read(connection, CURRENT) if generation is None else generation)
            return int(connection.execute(f"SELECT count(*) FROM {tables.documents}").fetchone()[0])

    def health(self) -> Health:
        """How much the file holds, or why it cannot be read."""
        try:
            return Health(self.name, self.count())
        except EngineUnavailableError as error:
            return Health(self.name, fault=str(error))

    def begin_rebuild(self) -> "EmbeddedRebuild":
        """Begin a new generation, and remove what was left of others."""
        self.ensure()
        with self._open() as connection, _writing(connection):
            for left in generations(connection):
                if left != read(connection, CURRENT):
                    Tables(left).drop(connection)
            generation = read(connection, LAST) + 1
            Tables(generation).create(connection)
            write(connection, LAST, generation)
        return EmbeddedRebuild(self, generation)

    def resume_rebuild(self, target: str) -> "EmbeddedRebuild":
        """The generation of that number."""
        return EmbeddedRebuild(self, int(target))

    def abandon_rebuild(self, target: str) -> None:
        """Remove a generation, unless it is the one in use."""
        with self._open() as connection, _writing(connection):
            if read(connection, CURRENT) != int(target):
                Tables(int(target)).drop(connection)

    def generations(self) -> list[int]:
        """All that the file has."""
        with self._open() as connection:
            return generations(connection)

    def current(self) -> int:
        """The one in use."""
        with self._open() as connection:
            return read(connection, CURRENT)

    def switch_to(self, generation: int) -> None:
        """Search and write in another generation from now on; remove the present one."""
        with self._open() as connection:
            with _writing(connection):
                former = read(connection, CURRENT)
                write(connection, CURRENT, generation)
                if former != generation:
                    Tables(former).drop(connection)
            connection.execute("PRAGMA incremental_vacuum").fetchall()

    def held(self) -> Iterator[Held]:
        """Every document of the generation in use, a page at a time; after a switch the new one's are read on."""
        after = 0
        while True:
            with self._open() as connection:
                connection.execute("BEGIN")
                page, after = keeping.held(connection, Tables(read(connection, CURRENT)), after)
            if not page:
                return
            yield from page

    def held_of(self, objects: Collection[str]) -> list[Held]:
        """The documents of some objects."""
        with self._open() as connection:
            connection.execute("BEGIN")
            return list(keeping.held_of(connection, Tables(read(connection, CURRENT)), objects))

    def discard(self, ids: Collection[str]) -> None:
        """Remove documents by their own names."""
        with self._open() as connection, _writing(connection):
            storage.discard(connection, Tables(read(connection, CURRENT)), ids)

    @contextmanager
    def reading(self) -> Iterator[tuple[sqlite3.Connection, Tables]]:
        """The tables in use, in one state; EngineUnavailableError where they cannot be read."""
        with self._open() as connection:
            connection.execute("BEGIN")
            yield connection, Tables(read(connection, CURRENT))

    @contextmanager
    def writing(self) -> Iterator[tuple[sqlite3.Connection, Tables]]:
        """The tables in use, to be written in one transaction; EngineUnavailableError where they cannot be."""
        with self._open() as connection, _writing(connection):
            yield connection, Tables(read(connection, CURRENT))

    @contextmanager
    def _open(self, *, create: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            mode = "rwc" if create else "rw"
            connection = sqlite3.connect(
                f"{self.path.resolve().as_uri()}?mode={mode}", uri=True, timeout=WAIT_SECONDS, isolation_level=None
            )
            with closing(connection):
                # The outbox forgets what is written here, and a rebuild goes on behind it: it must outlast a power cut.
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA temp_store = MEMORY")
                yield connection
        except sqlite3.Error as error:
            raise EngineUnavailableError(f"{self.path}: {error}") from error


class EmbeddedRebuild:
    """A new generation of tables beside the one in use."""

    def __init__(self, engine: EmbeddedEngine, generation: int) -> None:
        self.engine = engine
        self.generation = generation
        self.target = str(generation)

    def load(self, documents: Sequence[SearchDocument]) -> list[Rejected]:
        """Add documents; one that is there already is replaced."""
        return self.engine.put_in(self.generation, documents)

    def replace(self, objects: Collection[str], documents: Sequence[SearchDocument]) -> list[Rejected]:
        """Afterwards the new generation holds of these objects exactly these documents."""
        return self.engine.replace_in(self.generation, objects, documents)

    def count(self) -> int:
        """How many documents the new generation holds."""
        return self.engine.count_in(self.generation)

    def exists(self) -> bool:
        """Whether its tables are there, in a file of the present version."""
        return self.engine.exists() and self.generation in self.engine.generations()

    def in_use(self) -> bool:
        """Whether it is the one that is searched."""
        return self.engine.exists() and self.engine.current() == self.generation

    def switch(self) -> None:
        """Put the new generation in use."""
        self.engine.switch_to(self.generation)


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that takes its turn among writers at once."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
