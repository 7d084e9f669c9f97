"""What waits for a person: counted by other rooms, shown on the home page.

A room that has something to count is given a provider: a function from a person to lines. Providers are registered in
`HomeConfig.ready`, because this room stands above those it asks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class Waiting:
    """One line: how many of what, and where to go. `is_urgent` marks what is late or was returned."""

    label: str
    count: int
    url: str
    is_urgent: bool = False


Provider = Callable[["User"], Iterable[Waiting]]

_providers: list[Provider] = []


def ask(provider: Provider) -> Provider:
    """Ask this provider too; registering it again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def what_waits_for(user: "User") -> list[Waiting]:
    """All lines with something to count, urgent ones first."""
    lines = [line for provider in _providers for line in provider(user) if line.count]
    return sorted(lines, key=lambda line: not line.is_urgent)
