"""Two people in one draft: which of the typed questions may be written. Pure.

The rule is per question. Whoever saves says on what the typed answer was based. A question is written only where what
is stored is still that; where somebody else has changed the same question meanwhile, both stay as they are and both are
shown. Questions that nobody else touched are never held up by those that somebody did.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.submissions.rules import canonical

Part = Mapping[str, Any]
"""All that belongs to one question: its answer, explanations of its warnings, whether it was looked at (`parts`)."""

NOTHING: Part = {}


def digest(part: Part) -> str:
    """What tells two states of a question apart, in a few characters: equal parts have equal digests."""
    return hashlib.sha256(canonical(part)).hexdigest()[:16]


@dataclass(frozen=True)
class Merge:
    """What becomes of each typed question; those in none of the sets are stored as typed, or were not changed."""

    written: dict[str, Part]
    """To be stored in the place of what is there."""
    conflicts: dict[str, Part]
    """Typed here, changed by somebody else: not to be stored."""
    locked: frozenset[str] = frozenset()
    """Changed here although nothing may be changed there: not to be stored."""

    @property
    def refused(self) -> frozenset[str]:
        """The questions whose typed answer is not stored."""
        return self.locked | self.conflicts.keys()


def merge(
    stored: Mapping[str, Part],
    typed: Mapping[str, Part],
    bases: Mapping[str, str],
    locked: frozenset[str] = frozenset(),
) -> Merge:
    """What to do with each typed question; `bases` are the digests of what the typed answers were based on.

    Saying the same twice changes nothing the second time, so that a request whose answer was lost may be repeated.
    """
    written: dict[str, Part] = {}
    conflicts: dict[str, Part] = {}
    held: set[str] = set()
    for key, mine in typed.items():
        now, then, wanted = digest(stored.get(key, NOTHING)), bases.get(key, ""), digest(mine)
        if wanted in (now, then):  # stored already, or not changed here: whatever is stored stays
            continue
        if key in locked:
            held.add(key)
        elif now == then:
            written[key] = mine
        else:
            conflicts[key] = mine
    return Merge(written, conflicts, frozenset(held))


def changed_elsewhere(
    stored: Mapping[str, Part], typed: Mapping[str, Part], bases: Mapping[str, str]
) -> frozenset[str]:
    """Questions that are stored neither as typed here nor as they were when the page was opened."""
    return frozenset(
        key for key, mine in typed.items() if digest(stored.get(key, NOTHING)) not in (digest(mine), bases.get(key, ""))
    )
