"""Names that begin with, have in them or sound like what was typed, of things the asker may find."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.engines.embedded.audience import allowed, allowed_to
from search.engines.embedded.schema import Tables
from search.suggesting.asker import Asker
from search.suggesting.names import Role
from search.suggesting.typed import By, Element, Reading, by, place, runs

COLUMNS = {By.SHAPE: "shape", By.SOUND: "sound", By.INITIALS: "initials"}
AT_MOST = 30
"""Names of which the best are chosen; more are there for the same letters than anybody would read."""


@dataclass(frozen=True)
class Named:
    """A name, how well it was found, and the things it is the title or the number of (two at most)."""

    text: str
    by: By
    starts: bool
    is_word: bool
    """No title, number or past question: what things are found by beside these."""
    things: tuple["Thing", ...]
    newest: str
    """The date of the newest of them, as ISO writes it; empty where there is none."""


@dataclass(frozen=True)
class Thing:
    """Something the asker may find."""

    object_id: str
    kind: str
    title: str
    url: str
    date: str
    is_number: bool


def _offered(tables: Tables) -> str:
    """Rows of `named` (`l`) with their documents (`d`) that the asker may be told of; it asks for `_offered_to`."""
    return (
        f"{tables.named} l JOIN {tables.documents} d ON d.row = l.row "
        f"WHERE l.role != {Role.HEADING.value} AND l.role != ? AND {allowed(tables)}"
    )


def _offered_to(asker: Asker) -> list[str | int]:
    hidden = Role.ASKED_INSIDE if asker.is_public else -1
    return [hidden, *allowed_to(asker.tokens, asker.withheld)]


def named(connection: sqlite3.Connection, tables: Tables, reading: Reading, asker: Asker) -> list[Named]:
    """Names that have what was typed, in one reading: those that begin with it first, words last, then the shorter."""
    column = COLUMNS[reading[0].by]
    beginning = _beginning(reading)
    exact, condition = _exact(reading), ""
    if not exact:
        connection.create_function("stands", 2, _placing(reading), deterministic=True)
        condition = "AND stands(f.shape, f.sound)"
    asked = _offered_to(asker)
    bears = f"EXISTS (SELECT 1 FROM {_offered(tables)} AND l.name = n.id"
    found = connection.execute(
        # Whether the asker may find what bears a name is asked once for each, most of them being titles.
        f"WITH found AS MATERIALIZED (SELECT n.id, n.size, n.text, substr(f.{column}, 1, ?) = ? AS starts, "
        f"CASE WHEN {bears} AND l.role != ?) THEN 0 WHEN {bears}) THEN 1 END AS word "
        f"FROM {tables.sounds} f JOIN {tables.names} n ON n.id = f.rowid WHERE {tables.sounds} MATCH ? {condition}) "
        "SELECT id, text, starts, word FROM found WHERE word IS NOT NULL "
        "ORDER BY starts DESC, word, size, id DESC LIMIT ?",
        [len(beginning), beginning, *asked, Role.WORD, *asked, _expression(reading), AT_MOST],
    ).fetchall()
    return [_described(connection, tables, row, reading, asked) for row in found]


def _described(
    connection: sqlite3.Connection,
    tables: Tables,
    row: tuple[int, str, int, int],
    reading: Reading,
    asked: Sequence[str | int],
) -> Named:
    number, text, starts, is_word = row
    found = connection.execute(
        f"SELECT d.object_id, d.kind, d.title, d.url, coalesce(d.date, ''), l.role FROM {_offered(tables)} "
        "AND l.name = ? AND l.role <= ? ORDER BY l.role, d.date DESC, d.row DESC LIMIT 2",
        [*asked, number, Role.NUMBER],
    ).fetchall()
    things = tuple(
        Thing(object_id, kind, title, url, date, is_number=role == Role.NUMBER)
        for object_id, kind, title, url, date, role in found
    )
    newest = max((thing.date for thing in things), default="")
    return Named(text, by(reading), bool(starts), bool(is_word), things, newest)


def _beginning(reading: Reading) -> str:
    """How the column of the first element reads where a name begins with what was typed."""
    kind, elements = next(runs(reading))
    texts = [element.text[0] if kind is By.INITIALS else element.text for element in elements]
    return " ".join(texts) + (" " if elements[-1].is_whole and len(elements) < len(reading) else "")


def _exact(reading: Reading) -> bool:
    """Whether the expression alone says what is meant; a mixture and zh, ch, sh must be looked at in their places."""
    kinds = {element.by for element in reading}
    return len(kinds) == 1 and not any(element.by is By.INITIALS and len(element.text) > 1 for element in reading)


def _placing(reading: Reading) -> Callable[[str, str], bool]:
    def stands(shape: str, sound: str) -> bool:
        return place(reading, shape.split(" "), sound.split(" ")) is not None

    return stands


def _expression(reading: Reading) -> str:
    """In FTS5's language. Elements are letters, digits and characters only, so quotes cannot break out."""
    return " AND ".join(_phrase(kind, elements) for kind, elements in runs(reading))


def _phrase(kind: By, elements: Sequence[Element]) -> str:
    texts = [element.text[0] if kind is By.INITIALS else element.text for element in elements]
    star = "" if kind is By.INITIALS or elements[-1].is_whole else " *"
    return f'{COLUMNS[kind]} : "{" ".join(texts)}"{star}'
