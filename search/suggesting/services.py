"""Suggestions for whoever types, from the embedded index alone: no network, whichever engine answers questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from portal.units.access import PUBLIC
from search.engines.base import EngineUnavailableError
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.naming import remember
from search.engines.embedded.suggesting import Named, named
from search.engines.registry import EMBEDDED, engine
from search.learning.models import AskedQuestion
from search.learning.rules import MASK
from search.learning.services import successful
from search.outbox import withheld
from search.suggesting.asker import Asker
from search.suggesting.names import Role
from search.suggesting.typed import By, readings
from search.text import words

MOST = 8
QUESTIONS = 1_000
"""Past questions that are offered, the most opened first."""

LONGEST_QUESTION = 40


@dataclass(frozen=True)
class Suggestion:
    """What somebody may be about to ask for; `url` is empty where it is a question, not a thing."""

    text: str
    kind: str = ""
    url: str = ""
    detail: str = ""
    """The title, where `text` is a number."""


def embedded() -> EmbeddedEngine:
    """The engine that is filled in every installation."""
    return cast(EmbeddedEngine, engine(EMBEDDED))


def asker_of(tokens: frozenset[str]) -> Asker:
    """Whoever has these tokens."""
    return Asker(tokens, withheld(EMBEDDED), is_public=tokens <= {PUBLIC})


def suggest(text: str, tokens: frozenset[str]) -> list[Suggestion]:
    """What begins with the text, has it inside or sounds like it, best first; nothing while the index is away.

    What is typed in characters is not looked for by its sound, unless letters are among them.
    """
    meant = readings(text)
    if not meant:
        return []
    try:
        asker = asker_of(tokens)
        with embedded().reading() as (connection, tables):
            found = [name for reading in meant for name in named(connection, tables, reading, asker)]
    except EngineUnavailableError:
        return []
    found.sort(key=lambda name: name.newest, reverse=True)
    found.sort(key=_place)
    return list(_each(found))[:MOST]


def _place(name: Named) -> tuple[bool, int, bool, bool, int]:
    """Better found comes first, then titles, numbers and questions before words, then the shorter."""
    begins = name.by is By.SHAPE and name.starts
    return not begins, name.by, not name.starts, name.is_word, len(name.text)


def remember_questions() -> None:
    """Bring the questions after which people opened something to the index, with what they opened. Safe to repeat."""
    asked: dict[str, tuple[str, dict[str, int]]] = {}
    for row in successful():
        asked.setdefault(row["key"], (row["text"], {}))[1][row["object_id"]] = row["opened"]
    # `successful` asks for two people; the public is offered what two people of the public have asked.
    outside = set(AskedQuestion.objects.filter(is_signed_in=False).shared().values_list("key", flat=True))
    best = sorted(asked.items(), key=lambda item: -sum(item[1][1].values()))
    questions = {
        text: (Role.ASKED if key in outside else Role.ASKED_INSIDE, sorted(opened))
        for key, (text, opened) in best
        if MASK not in text and len(text) <= LONGEST_QUESTION
    }
    try:
        with embedded().writing() as (connection, tables):
            remember(connection, tables, dict(list(questions.items())[:QUESTIONS]))
    except EngineUnavailableError:
        return  # the next run finds the index again


def _each(names: list[Named]) -> Iterator[Suggestion]:
    """Each text and each thing once. A title that several things share is a question; the number leads to its thing."""
    said: set[tuple[str, ...]] = set()
    led: set[str] = set()
    for name in names:
        key = tuple(words(name.text))
        if key in said:
            continue
        said.add(key)
        if len({thing.object_id for thing in name.things}) != 1:
            yield Suggestion(name.text)
            continue
        thing = name.things[0]
        if thing.object_id in led:
            continue
        led.add(thing.object_id)
        yield Suggestion(name.text, thing.kind, thing.url, thing.title if thing.is_number else "")
