"""What things are called, as suggestions offer it and as it is matched while somebody types. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from search.documents import SearchDocument
from search.suggesting.sounds import sounds
from search.text import clean, words

LONGEST_WORD = 24
"""Characters of an expression that is offered; longer ones are sentences."""

_LISTED = re.compile(r"[\s、，,；;。]")
"""What stands between several names, or in a sentence."""


class Role(IntEnum):
    """What a name is of the thing that bears it. Stored as a number."""

    TITLE = 0
    NUMBER = 1
    WORD = 2
    """A unit, an issuer, a topic: what the thing is found by beside its title."""
    HEADING = 3
    """What a part of the thing stands under, where a class is held and for whom: to correct by, not to be offered."""
    ASKED = 4
    """A question after which people opened the thing."""
    ASKED_INSIDE = 5
    """The same, asked by nobody but people who had signed in: not offered to the public."""


@dataclass(frozen=True)
class Keys:
    """A name in tokens, token by token: as written, as read, and the first letter of each reading."""

    shape: str
    sound: str
    initials: str


def names_of(document: SearchDocument) -> Iterator[tuple[str, Role]]:
    """The names of a thing; a part has none but what it stands under."""
    if not document.is_whole:
        yield document.clean_context, Role.HEADING
        return
    yield document.clean_title, Role.TITLE
    for number in document.numbers:
        yield clean(number), Role.NUMBER
    called = (document.shown["organiser"],) if "organiser" in document.shown else document.extra
    offered = set(map(clean, called))
    for word in dict.fromkeys(map(clean, document.extra)):
        is_name = word in offered and 1 < len(word) <= LONGEST_WORD and not _LISTED.search(word)
        yield word, Role.WORD if is_name else Role.HEADING


def keys_of(text: str) -> Keys:
    """The tokens by which a name is found."""
    shape = words(text)
    sound = sounds(shape)
    return Keys(" ".join(shape), " ".join(sound), " ".join(reading[0] for reading in sound))
