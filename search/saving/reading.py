"""What a person keeps, as pages show it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from search.parameters import Asked
from search.saving.models import SavedSearch
from search.saving.rules import key_of
from search.saving.wording import described

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


@dataclass(frozen=True)
class Row:
    """A saved search in the list of its owner."""

    search: SavedSearch
    described: list[str]
    url: str


def kept_as(user: "User | AnonymousUser", asked: Asked) -> SavedSearch | None:
    """The same question as the person keeps it; None where it is not kept."""
    return SavedSearch.objects.visible_to(user).filter(key=key_of(asked)).first()


def own_searches(user: "User") -> list[Row]:
    """All that a person keeps, by name."""
    return [
        Row(search, described(search.asked), f"{reverse('search:search')}{search.address}")
        for search in SavedSearch.objects.visible_to(user)
    ]
