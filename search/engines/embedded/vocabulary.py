"""Which characters stand beside one another in names and headings that the asker may find."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from search.engines.embedded.audience import allowed, allowed_to
from search.engines.embedded.schema import Tables
from search.suggesting.asker import Asker
from search.suggesting.names import Role
from search.text import words

OFTEN = 4
"""So many names are counted: more often says no more."""

AROUND = 40
"""Characters that fit between two others, at most."""

Pair = tuple[str, str]
END = ""
"""What stands behind the last token of a name, so that it is known as the others are."""


def add(connection: sqlite3.Connection, tables: Tables, name: int, text: str) -> None:
    """Note the pairs of a name."""
    rows = [(one, other, name) for one, other in pairs_of(text)]
    connection.executemany(f"INSERT OR IGNORE INTO {tables.beside} VALUES (?, ?, ?)", rows)


def remove(connection: sqlite3.Connection, tables: Tables, name: int, text: str) -> None:
    """Forget them."""
    rows = [(one, other, name) for one, other in pairs_of(text)]
    connection.executemany(f"DELETE FROM {tables.beside} WHERE first = ? AND second = ? AND name = ?", rows)


def pairs_of(text: str) -> Iterator[Pair]:
    """Tokens beside one another, blanks and marks between them aside, and the last with nothing behind it."""
    return pairwise([*words(text), END])


class Vocabulary:
    """What one asker may learn of names, read from one state of the index."""

    def __init__(self, connection: sqlite3.Connection, tables: Tables, asker: Asker) -> None:
        self._connection, self._tables = connection, tables
        self._allowed, self._asker = allowed(tables), allowed_to(asker.tokens, asker.withheld)

    def occurring(self, characters: Collection[str]) -> frozenset[str]:
        """Those that any name has: a first choice, whoever may find the name."""
        found = self._connection.execute(
            "SELECT c.value FROM json_each(?) c "
            f"WHERE EXISTS (SELECT 1 FROM {self._tables.beside} WHERE first = c.value)",
            [json.dumps(list(characters))],
        )
        return frozenset(character for (character,) in found)

    def times(self, pairs: Iterable[Pair]) -> dict[Pair, int]:
        """In how many names the asker may find these pairs stand, up to `OFTEN`; pairs in none are left out."""
        tables = self._tables
        found = self._connection.execute(
            "SELECT p.value ->> 0, p.value ->> 1, (SELECT count(*) FROM (SELECT 1 "
            f"FROM {tables.beside} b JOIN {tables.named} l ON l.name = b.name "
            f"JOIN {tables.documents} d ON d.row = l.row "
            "WHERE b.first = p.value ->> 0 AND b.second = p.value ->> 1 "
            f"AND l.role <= {Role.HEADING.value} AND {self._allowed} LIMIT {OFTEN})) "
            "FROM json_each(?) p",
            [*self._asker, json.dumps(list(pairs))],
        )
        return {(one, other): times for one, other, times in found if times}

    def in_text(self, pairs: Iterable[Pair]) -> frozenset[Pair]:
        """Those that stand in running text that the asker may find."""
        index, found = self._tables.pairs, set()
        for pair in pairs:
            if self._connection.execute(
                f"SELECT 1 FROM {index} f JOIN {self._tables.documents} d ON d.row = f.rowid "
                f"WHERE {index} MATCH ? AND {self._allowed} LIMIT 1",
                [f'"{"".join(pair)}"', *self._asker],
            ).fetchone():
                found.add(pair)
        return frozenset(found)

    def between(self, before: str, after: str) -> frozenset[str]:
        """Characters that stand behind the one and before the other in some names, whoever may find these."""
        beside = self._tables.beside
        found = self._connection.execute(
            f"SELECT s.second FROM (SELECT DISTINCT second FROM {beside} WHERE first = ?) s "
            f"WHERE EXISTS (SELECT 1 FROM {beside} WHERE first = s.second AND second = ?) LIMIT {AROUND}",
            [before, after],
        )
        return frozenset(character for (character,) in found if len(character) == 1 and not character.isascii())
