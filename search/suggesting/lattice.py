"""The likeliest words for what was typed, by what slips of finger, ear and eye cost. Pure.

A place may stand for the character typed, for one that sounds or looks so, for its neighbour; a character may be
missing or too many. What costs least, and consists of pairs of characters that are known, is meant.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product

from search.suggesting.characters.known import alike, near, sounding, sounds_of
from search.suggesting.slots import Kind, Slot

Pair = tuple[str, str]

SAME_SOUND, SAME_SHAPE, NEAR_SOUND, ANY = 1.0, 1.3, 1.6, 2.4
SWAPPED, MISSING, TOO_MANY, DOUBLED = 1.4, 2.2, 2.4, 1.2
SPOKEN, SPOKEN_NEARLY = 0.1, 0.8
"""A syllable stands for any character that is read so."""

UNKNOWN, IN_TEXT, BESIDE_WORD = 3.0, 1.5, 1.8
"""A pair that is known nowhere; one known from running text alone; an unknown one that has letters or digits."""

PARTED = 2.2
"""Two that are not known beside one another, each known beside its other neighbour: words that were typed in one."""

RARE = 0.2
"""What a pair costs that is known once; half of it where it is known twice, and so on."""

LETTERS = 3.0
"""Letters that may be pinyin, left as they are."""

MARGIN = 0.3
"""So much better than what was typed an answer must be."""

SLIPS, SLIPS_A_PLACE = 1.0, 0.75
"""So much may be wrong, and so much more for each place: what is wrong altogether may mean anything."""

CLOSE, CLOSE_A_PLACE = 1.0, 0.3
"""The same for an answer that is so close that it need not be asked whether it is meant."""


@dataclass(frozen=True)
class Known:
    """Pairs that are known: how often among names (up to a handful), and whether from running text."""

    names: Mapping[Pair, int] = field(default_factory=dict)
    in_text: frozenset[Pair] = frozenset()

    def cost(self, pair: Pair) -> float:
        """What it costs that these two stand beside one another."""
        if times := self.names.get(pair, 0):
            return RARE / times
        if pair in self.in_text:
            return IN_TEXT
        return UNKNOWN if is_open(pair) else BESIDE_WORD

    def has(self, pair: Pair) -> bool:
        """Whether the two may stand beside one another in an answer."""
        return pair in self.names or pair in self.in_text or not is_open(pair)


def is_open(pair: Pair) -> bool:
    """Whether it says something that a pair is not known: not of a number and what stands beside it."""
    return all(len(text) == 1 and not text.isascii() for text in pair)


@dataclass(frozen=True)
class Step:
    """One character of an answer, the place it stands for (None where it was missing), and whether a word begins."""

    text: str
    place: int | None
    is_parted: bool = False


@dataclass(frozen=True)
class Move:
    """From a place on: what may be meant, by how many places, at what cost."""

    steps: tuple[Step, ...]
    places: int
    cost: float
    is_sure: bool = True
    """Whether every character was typed, if only by its sound or its shape."""


@dataclass(frozen=True)
class Meant:
    """What was probably meant."""

    steps: tuple[Step, ...]
    cost: float
    slips: float
    is_close: bool


def typed_pairs(slots: Sequence[Slot]) -> list[Pair]:
    """The pairs of what was typed, syllables aside."""
    return [
        (one.text, other.text)
        for one, other in pairwise(slots)
        if Kind.SYLLABLE not in (one.kind, other.kind)
    ]  # fmt: skip


def cost_as_typed(slots: Sequence[Slot], known: Known) -> float:
    """What it would cost that everything is meant as it was typed. Letters come as one word here."""
    letters = sum(LETTERS for slot in slots if slot.kind is Kind.LETTERS)
    return letters + sum(known.cost(pair) for pair in typed_pairs(slots))


def doubtful(slots: Sequence[Slot], known: Known) -> list[int]:
    """Places that are typed in letters, or of which a pair is not known among names."""
    found: set[int] = set()
    for place, (one, other) in enumerate(pairwise(slots)):
        if Kind.SYLLABLE in (one.kind, other.kind) or not known.names.get((one.text, other.text)):
            found |= {place, place + 1}
    return sorted(place for place in found if slots[place].kind is not Kind.WORD)


def candidates(slot: Slot) -> dict[str, float]:
    """What one place may stand for beside what was typed, with what that costs."""
    if slot.kind is Kind.SYLLABLE:
        found = dict.fromkeys("".join(sounding().get(each, "") for each in near(slot.text)), SPOKEN_NEARLY)
        return found | dict.fromkeys(sounding().get(slot.text, ""), SPOKEN)
    if slot.kind is not Kind.CHARACTER:
        return {}
    said = sounds_of(slot.text)
    nearly = "".join(sounding().get(other, "") for each in said for other in near(each))
    found = dict.fromkeys(nearly, NEAR_SOUND) | dict.fromkeys(alike(slot.text), SAME_SHAPE)
    found |= dict.fromkeys("".join(sounding().get(each, "") for each in said), SAME_SOUND)
    found.pop(slot.text, None)
    return found


def moves(
    slots: Sequence[Slot],
    each: Mapping[int, Mapping[str, float]],
    between: Mapping[int, Iterable[str]],
    missing: Mapping[int, Iterable[str]],
) -> list[list[Move]]:
    """What may be meant from each place on.

    `each` has the candidates of doubtful places, `between` characters that fit there though nothing is like them, and
    `missing` those that fit before a place.
    """
    return [list(_moves(slots, place, each, between, missing)) for place in range(len(slots))]


def _moves(
    slots: Sequence[Slot],
    place: int,
    each: Mapping[int, Mapping[str, float]],
    between: Mapping[int, Iterable[str]],
    missing: Mapping[int, Iterable[str]],
) -> Iterator[Move]:
    slot = slots[place]
    if slot.kind is not Kind.SYLLABLE:
        yield Move((Step(slot.text, place),), 1, 0.0)
    yield from (Move((Step(text, place),), 1, cost) for text, cost in each.get(place, {}).items())
    unlike = set(between.get(place, ())) - {slot.text, *each.get(place, ())}
    yield from (Move((Step(text, place),), 1, ANY, is_sure=False) for text in unlike)
    if place not in each or slot.kind is not Kind.CHARACTER:
        return
    yield from (
        Move((Step(text, None), Step(slot.text, place)), 1, MISSING, is_sure=False) for text in missing.get(place, ())
    )
    inside = 0 < place < len(slots) - 1
    if inside:
        yield Move((), 1, DOUBLED if slots[place - 1].text == slot.text else TOO_MANY, is_sure=False)
    if place + 1 < len(slots) and slots[place + 1].kind is Kind.CHARACTER and slots[place + 1].text != slot.text:
        yield Move((Step(slots[place + 1].text, place), Step(slot.text, place + 1)), 2, SWAPPED)


def pairs_of(ways: Sequence[Sequence[Move]]) -> set[Pair]:
    """Every pair of characters that may come to stand beside one another."""
    found: set[Pair] = set()
    ends: list[set[str]] = [set() for _ in range(len(ways) + 1)]
    for place, options in enumerate(ways):
        for move in options:
            texts = [step.text for step in move.steps]
            if not texts:
                ends[place + move.places] |= ends[place]
                continue
            ends[place + move.places].add(texts[-1])
            found.update(pairwise(texts))
            found.update(product(ends[place], texts[:1]))
    return found


@dataclass(frozen=True)
class _At:
    """Where a way has come to: its last character, and what decides how it may go on."""

    last: str = ""
    is_joined: bool = False
    """Whether the last character is known beside the one before it."""
    is_parted: bool = False
    has_slip: bool = False
    is_sure: bool = True
    """Whether every character was typed, if only by its sound or its shape."""


def best(ways: Sequence[Sequence[Move]], known: Known) -> Meant | None:
    """What costs least of all that consists of known pairs; None where there is nothing of that kind.

    One character at most is missing, too many or unlike what was typed. Otherwise words may be parted in one place,
    where both are known: no character stands alone. What is as it was typed, but for that, is no answer.
    """
    reached: list[dict[_At, Meant]] = [{} for _ in range(len(ways) + 1)]
    reached[0][_At()] = Meant((), 0.0, 0.0, is_close=True)
    for place, options in enumerate(ways):
        for at, way in reached[place].items():
            for move in options:
                went = _go(at, move, known)
                if went is None:
                    continue
                end, steps, cost = went
                there = reached[place + move.places]
                if end not in there or way.cost + cost < there[end].cost:
                    there[end] = Meant((*way.steps, *steps), way.cost + cost, way.slips + move.cost, is_close=True)
    ends = [way for at, way in reached[-1].items() if at.is_joined and at.has_slip]
    found = min(ends, key=lambda way: way.cost, default=None)
    if found is None or found.slips > SLIPS + SLIPS_A_PLACE * len(ways):
        return None
    return replace(found, is_close=found.slips <= CLOSE + CLOSE_A_PLACE * len(ways))


def _go(at: _At, move: Move, known: Known) -> tuple[_At, list[Step], float] | None:
    """Where a move leads to, with what it says and costs there; None where it cannot be made."""
    steps, cost, last, is_joined, is_parted = [], move.cost, at.last, at.is_joined, at.is_parted
    if not (at.is_sure or move.is_sure):
        return None
    is_sure = at.is_sure and move.is_sure
    for step in move.steps:
        pair, parts = (last, step.text), False
        if not last:
            is_joined = not is_open((step.text, step.text))
        elif known.has(pair):
            cost, is_joined = cost + known.cost(pair), True
        elif is_joined and not is_parted:
            cost, is_joined, is_parted, parts = cost + PARTED, False, True, True
        else:
            return None
        steps.append(replace(step, is_parted=parts))
        last = step.text
    if is_parted and not is_sure:
        return None
    return _At(last, is_joined, is_parted, at.has_slip or move.cost > 0, is_sure), steps, cost
