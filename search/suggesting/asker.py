"""For whom names are looked up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asker:
    """For whom names are looked up."""

    tokens: frozenset[str]
    withheld: frozenset[str]
    """`object_id` of what must not be found although the index still holds it."""
    is_public: bool
    """Whether questions that nobody but insiders asked are kept from the asker."""
