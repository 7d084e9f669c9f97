"""Asking saved searches about a few things, through an index that holds nothing else.

The things are read from the database at this moment, and written whole into an embedded index in a temporary folder:
what they say and who may find them is what holds now, whatever the indexes of the portal know yet, and whether the
engine answers or not. Each question costs what it costs to ask an index of some hundred things.
"""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Self

from search.documents import SearchDocument
from search.draining import load
from search.engines.base import EngineUnavailableError, Query, Sort
from search.engines.embedded import EmbeddedEngine
from search.parameters import Asked
from search.saving.models import SavedSearch
from search.sources.base import Thing
from search.tuning.reading import live, tuned
from search.tuning.rules import Tuning

AT_ONCE = 50
"""Things whose parts are in memory at the same time."""


@dataclass
class Read:
    """Things as they are now: the document of each that can be found, and those that cannot be read."""

    documents: dict[str, SearchDocument] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)


def read(things: Iterable[Thing]) -> Read:
    """Read things from the database. Parts are left out: a whole is found by their text as well."""
    found = Read()
    left = iter(things)
    while some := list(islice(left, AT_ONCE)):
        loaded = load(some)
        found.documents |= {document.object_id: document for document in loaded.documents if document.is_whole}
        found.failed |= {f"{name}:{pk}" for name, pk in loaded.failed}
    return found


def question(asked: Asked, tokens: frozenset[str], size: int) -> Query:
    """A saved search as it is asked for alerts: what has what was typed counts, not what has some of it."""
    asked = replace(asked, complete=True, sort=Sort.DATE, page=1)
    return replace(asked.query(tokens), facets=(), marked=False, size=size)


class OneConnection(EmbeddedEngine):
    """The embedded engine for one thread and a short time: the file is opened once, not for each question."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._kept: sqlite3.Connection | None = None

    @contextmanager
    def _open(self, *, create: bool = False) -> Iterator[sqlite3.Connection]:
        if create or self._kept is None:
            with super()._open(create=create) as connection:
                yield connection
            return
        try:
            yield self._kept
        except sqlite3.Error as error:
            raise EngineUnavailableError(f"{self.path}: {error}") from error
        finally:
            # Ends what the question has read, and takes its temporary tables away.
            if self._kept.in_transaction:
                self._kept.execute("ROLLBACK")

    @contextmanager
    def kept_open(self) -> Iterator[Self]:
        """Answer all questions of the block through one connection."""
        with super()._open() as self._kept:
            yield self
        self._kept = None


class Inquiry:
    """Some things, and whoever wants to be told of them; equal questions of equal people are asked once."""

    def __init__(self, engine: EmbeddedEngine, size: int, tuning: Tuning) -> None:
        self._engine = engine
        self._size = size
        self._tuning = tuning
        self._answers: dict[tuple[str, frozenset[str]], frozenset[str]] = {}

    def answer(self, search: SavedSearch, tokens: frozenset[str]) -> frozenset[str]:
        """`object_id` of those of the things that the search finds for somebody with these tokens."""
        asked = (search.key, tokens)
        if asked not in self._answers:
            query = tuned(question(search.asked, tokens, self._size), self._tuning)
            self._answers[asked] = frozenset(hit.object_id for hit in self._engine.search(query).hits)
        return self._answers[asked]


@contextmanager
def inquiry(documents: Sequence[SearchDocument]) -> Iterator[Inquiry]:
    """An index of these things alone, for the time of the block."""
    with tempfile.TemporaryDirectory(prefix="portal-alerts-") as folder:
        engine = OneConnection(Path(folder) / "things.sqlite3")
        engine.ensure()
        engine.replace([document.object_id for document in documents], documents)
        with engine.kept_open():
            yield Inquiry(engine, max(1, len(documents)), live())
