"""What is asked for, and by which right. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Self

from forms.exchange.exports.enums import Content


class Depth(IntEnum):
    """How much of every unit's reports a person sees in one requirement; more includes less."""

    NOTHING = 0
    ACCEPTED = 1
    SENT = 2


@dataclass(frozen=True)
class Reach:
    """By which right rows were read: what of all units, and which units are the person's own."""

    depth: Depth = Depth.NOTHING
    units: frozenset[int] = frozenset()

    def covers(self, other: "Reach") -> bool:
        """Whether everything that the other right reads may be read by this one.

        Working copies are never read by depth alone, so units that were one's own must still be.
        """
        return self.depth >= other.depth and self.units >= other.units

    def to_json(self) -> dict[str, Any]:
        """Plain JSON."""
        return {"depth": int(self.depth), "units": sorted(self.units)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Back from JSON."""
        return cls(Depth(data.get("depth", 0)), frozenset(data.get("units", ())))


def needed(content: Content, reach: Reach) -> Reach:
    """What of a person's reach an export of this content rests on.

    Whoever sees every unit's reports needs no unit of their own for them; whoever does not sees by their units alone.
    """
    if content == Content.WORKING:
        return Reach(Depth.NOTHING, reach.units)
    if content == Content.ACCEPTED and reach.depth >= Depth.ACCEPTED:
        return Reach(Depth.ACCEPTED)
    if reach.depth >= Depth.SENT:
        return Reach(Depth.SENT)
    return Reach(min(reach.depth, Depth.ACCEPTED), reach.units)


@dataclass(frozen=True)
class Selection:
    """Which reports of a requirement; empty means all."""

    content: Content = Content.ACCEPTED
    periods: frozenset[int] = field(default_factory=frozenset)
    units: frozenset[int] = field(default_factory=frozenset)
    state: str = ""
    missing: bool = False
    """Whether what is owed and not there to read has a row too."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON."""
        lists = {"periods": sorted(self.periods), "units": sorted(self.units)}
        return {"content": self.content.value, **lists, "state": self.state, "missing": self.missing}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Back from JSON."""
        return cls(
            Content(data["content"]),
            numbers(data.get("periods", ())),
            numbers(data.get("units", ())),
            str(data.get("state", "")),
            data.get("missing") is True,
        )


def numbers(given: Iterable[Any]) -> frozenset[int]:
    """The same as numbers."""
    return frozenset(int(one) for one in given)
