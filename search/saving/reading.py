"""What a person keeps, as pages show it."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from search.parameters import Asked
from search.presentation import kind_label
from search.saving.models import LONGEST_NAME, NewResult, SavedSearch
from search.saving.results import MOST_KEPT
from search.saving.rules import free_name, key_of
from search.saving.seeing import visible_results
from search.saving.wording import default_name, described

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


@dataclass(frozen=True)
class Row:
    """A saved search in the list of its owner; `new` is how many results the owner has not looked at and may see."""

    search: SavedSearch
    described: list[str]
    new: int

    @property
    def is_more(self) -> bool:
        """Whether there may be more than are kept."""
        return self.new >= MOST_KEPT


@dataclass(frozen=True)
class Found:
    """Something that a saved search found, as its owner sees it."""

    result: NewResult
    kind: str
    is_new: bool


def kept_as(user: "User | AnonymousUser", asked: Asked) -> SavedSearch | None:
    """The same question as the person keeps it; None where it is not kept."""
    return SavedSearch.objects.visible_to(user).filter(key=key_of(asked)).first()


def suggested_name(user: "User", asked: Asked) -> str:
    """A name made of what is asked for that none of the person's searches has."""
    taken = set(SavedSearch.objects.visible_to(user).values_list("name_key", flat=True))
    return free_name(default_name(asked), taken, LONGEST_NAME)


def own_searches(user: "User") -> list[Row]:
    """All that a person keeps, those with new results first, then by name."""
    unseen = NewResult.objects.visible_to(user).unseen().select_related("thing")
    new = Counter(result.search_id for result in visible_results(user, list(unseen)))
    rows = [Row(search, described(search.asked), new[search.pk]) for search in SavedSearch.objects.visible_to(user)]
    return sorted(rows, key=lambda row: not row.new)


def found_by(user: "User", search: SavedSearch) -> list[Found]:
    """What the search found since it was saved and the person may still see, the latest first."""
    results = NewResult.objects.visible_to(user).filter(search=search).select_related("thing")
    return [
        Found(result, kind_label(result.thing.kind), result.seen_at is None)
        for result in visible_results(user, list(results))
    ]


def results_url(search: SavedSearch) -> str:
    """Where all results of a search are."""
    return f"{reverse('search:search')}{search.address}"
