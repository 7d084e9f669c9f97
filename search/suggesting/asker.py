"""For whom names are looked up."""

import json
from dataclasses import dataclass

from search.suggesting.names import Role


@dataclass(frozen=True)
class Asker:
    """For whom names are looked up."""

    tokens: frozenset[str]
    withheld: frozenset[str]
    """`object_id` of what must not be found although the index still holds it."""
    is_public: bool
    """Whether questions that nobody but insiders asked are kept from the asker."""

    @property
    def parameters(self) -> list[str | int]:
        """What `allowed` asks for."""
        hidden = Role.ASKED_INSIDE if self.is_public else -1
        return [hidden, json.dumps(sorted(self.tokens)), json.dumps(sorted(self.withheld))]
