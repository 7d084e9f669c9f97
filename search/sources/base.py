"""What a kind of thing tells the index about itself."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

from search.documents import SearchDocument

if TYPE_CHECKING:
    from portal.accounts.models import User

Thing = tuple[str, str]
"""Name of a source and primary key as text."""


class SearchSource(Protocol):
    """Where documents come from. A new kind is a class like this, and a line in `search.sources.registry`."""

    @property
    def name(self) -> str:
        """First half of `object_id`, and what the outbox calls it. Never changes."""
        ...

    @property
    def model(self) -> type:
        """The model whose rows it makes documents of."""
        ...

    def all_pks(self) -> Iterable[Any]:
        """Primary keys of everything that may have documents, in ascending order, streamed."""
        ...

    def documents(self, pks: Collection[str]) -> Iterator[SearchDocument]:
        """The documents of these things; what yields none is not to be found (any more)."""
        ...

    def prepare(self, pks: Collection[str]) -> Iterable[Thing]:
        """Called before `documents`, with things that changed: what else must be looked at again because of it."""
        ...

    def visible(self, user: "User", pks: Collection[str]) -> Iterable[Any]:
        """Primary keys of those of these things that the person may open now, by the models' own `visible_to`."""
        ...
