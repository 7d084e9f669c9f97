"""What the address of the search page says, and the addresses that say something else."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from search.engines.base import MAX_WINDOW, Query, Sort
from search.understanding import MAX_TEXT

FACETS = ("kind", "year", "issuer", "unit", "programme", "form", "topic")
"""In the order of the page."""

ALL_WORDS = "all"
SIZE = 20
MAX_CHOSEN, MAX_VALUE = 50, 200


@dataclass(frozen=True)
class Asked:
    """A question as the address holds it. Any address is a question: what makes no sense is left out."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    complete: bool = False
    """Only what has what was typed."""
    page: int = 1

    @classmethod
    def from_parameters(cls, parameters: QueryDict) -> "Asked":
        """Read the address."""
        chosen = {
            name: tuple(dict.fromkeys(value for value in parameters.getlist(name)[:MAX_CHOSEN] if _sound(value)))
            for name in FACETS
        }
        sort = parameters.get("sort", "")
        page = parameters.get("page", "")
        return cls(
            text=_readable(parameters.get("q", "")).strip()[:MAX_TEXT],
            chosen={name: values for name, values in chosen.items() if values},
            sort=Sort(sort) if sort in set(Sort) else Sort.RELEVANCE,
            complete=parameters.get("words") == ALL_WORDS,
            page=int(page) if page.isascii() and page.isdigit() and 1 <= int(page[:6]) <= MAX_WINDOW // SIZE else 1,
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.text or self.chosen)

    def query(self, tokens: frozenset[str]) -> Query:
        """The question for the engines, put by whoever has these tokens."""
        return Query(
            tokens=tokens,
            text=self.text,
            filters={name: frozenset(values) for name, values in self.chosen.items()},
            facets=FACETS,
            sort=self.sort,
            complete=self.complete,
            page=self.page,
            size=SIZE,
        )

    def address(self) -> str:
        """The question as the end of an address."""
        pairs: list[tuple[str, str]] = [("q", self.text)]
        pairs += [(name, value) for name in FACETS for value in self.chosen.get(name, ())]
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("sort", self.sort.value))
        if self.complete:
            pairs.append(("words", ALL_WORDS))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return f"?{urlencode(pairs)}"

    def without(self, name: str, value: str) -> "Asked":
        """The question with a value not chosen, from its first page."""
        kept = {facet: self._but(values, value) if facet == name else values for facet, values in self.chosen.items()}
        return replace(self, chosen={facet: values for facet, values in kept.items() if values}, page=1)

    def unfiltered(self) -> "Asked":
        """The question with nothing chosen."""
        return replace(self, chosen={}, page=1)

    def sorted_by(self, sort: Sort) -> "Asked":
        """The question in another order, from its first page."""
        return replace(self, sort=sort, page=1)

    def with_all_words(self, complete: bool) -> "Asked":
        """The question for what has all of the words, or some of them, from its first page."""
        return replace(self, complete=complete, page=1)

    @staticmethod
    def _but(values: Iterable[str], value: str) -> tuple[str, ...]:
        return tuple(kept for kept in values if kept != value)


def _sound(value: str) -> bool:
    return 0 < len(value) <= MAX_VALUE and value == _readable(value)


def _readable(text: str) -> str:
    """Text without what no encoding can hold and no page can show."""
    return text.encode("utf-8", "ignore").decode().replace("\0", "")
