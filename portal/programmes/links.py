"""Where the documents that a plan cites can be read.

The plan knows numbers (民发〔2020〕14号), the pages of policies live in a higher room. That room registers a provider
in its ``AppConfig.ready``: ``links.register(provider)``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


@dataclass(frozen=True)
class CitationLink:
    """A page on which a cited document can be read."""

    title: str
    url: str


class CitationLinks(Protocol):
    """Finds the pages of documents by their numbers."""

    def __call__(self, numbers: Sequence[str], user: User | AnonymousUser) -> Mapping[str, CitationLink]:
        """Return the pages that the person may read, by number; numbers without such a page are left out."""
        ...


_providers: list[CitationLinks] = []


def register(provider: CitationLinks) -> CitationLinks:
    """Ask this provider, too; registering it twice changes nothing."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def unregister(provider: CitationLinks) -> None:
    """Ask this provider no more."""
    if provider in _providers:
        _providers.remove(provider)


def citation_links(numbers: Sequence[str], user: User | AnonymousUser) -> dict[str, CitationLink]:
    """Return what all providers found; the first to know a number wins."""
    found: dict[str, CitationLink] = {}
    for provider in _providers if numbers else ():
        found = {**provider(numbers, user), **found}
    return found
