"""What the address of the search page says, and the addresses that say something else."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from search.engines.base import MAX_WINDOW, Query, Sort
from search.parts import PART
from search.understanding import MAX_TEXT

FACETS = (
    "kind",
    "document",
    "validity",
    "year",
    "issuer",
    "topic",
    "unit",
    "programme",
    "action",
    "form",
    "period",
)
"""In the order of the page."""

CHOSEN = (*FACETS, PART)
"""What can be chosen: the facets, and an article, which is offered where one is named."""

ALL_WORDS = "all"
SIZE = 20
LAST_PAGE = MAX_WINDOW // SIZE
LONGEST_PAGE = len(str(LAST_PAGE))
MAX_CHOSEN, MAX_VALUE = 50, 200


@dataclass(frozen=True)
class Asked:
    """A question as the address holds it. Any address is a question: what makes no sense is left out."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    complete: bool = False
    """Only what has what was typed."""
    since: datetime.date | None = None
    until: datetime.date | None = None
    page: int = 1
    exact: bool = False
    """As it is typed, though nothing is found and something else may be meant."""

    @classmethod
    def from_parameters(cls, parameters: QueryDict) -> "Asked":
        """Read the address."""
        chosen = {
            name: tuple(dict.fromkeys(value for value in parameters.getlist(name)[:MAX_CHOSEN] if _sound(value)))
            for name in CHOSEN
        }
        sort = parameters.get("sort", "")
        return cls(
            text=readable(parameters.get("q", "")).strip()[:MAX_TEXT],
            chosen={name: values for name, values in chosen.items() if values},
            sort=Sort(sort) if sort in set(Sort) else Sort.RELEVANCE,
            complete=parameters.get("words") == ALL_WORDS,
            since=_day(parameters.get("since", "")),
            until=_day(parameters.get("until", "")),
            page=_page(parameters.get("page", "")),
            exact=parameters.get("exact") == "1",
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.text or self.is_narrowed)

    @property
    def is_narrowed(self) -> bool:
        """Whether values or dates are chosen."""
        return bool(self.chosen or self.since or self.until)

    def query(self, tokens: frozenset[str]) -> Query:
        """The question for the engines, put by whoever has these tokens."""
        return Query(
            tokens=tokens,
            text=self.text,
            filters={name: frozenset(values) for name, values in self.chosen.items()},
            facets=FACETS,
            since=self.since,
            until=self.until,
            sort=self.sort,
            complete=self.complete,
            page=self.page,
            size=SIZE,
        )

    def address(self) -> str:
        """The question as the end of an address."""
        pairs = [("q", self.text), *self.narrowing()]
        if self.exact:
            pairs.append(("exact", "1"))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return f"?{urlencode(pairs)}"

    def narrowing(self) -> list[tuple[str, str]]:
        """What the address says of how the text is looked for, which another text may be looked for as well."""
        pairs = [(name, value) for name in CHOSEN for value in self.chosen.get(name, ())]
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("sort", self.sort.value))
        pairs += [(name, day.isoformat()) for name, day in (("since", self.since), ("until", self.until)) if day]
        if self.complete:
            pairs.append(("words", ALL_WORDS))
        return pairs

    def normalised(self) -> "Asked":
        """The same question in one spelling: blanks evened out, values in one order, from its first page."""
        return replace(
            self,
            text=" ".join(self.text.split()),
            chosen={name: tuple(sorted(set(self.chosen[name]))) for name in CHOSEN if self.chosen.get(name)},
            page=1,
            exact=False,
        )

    def without(self, name: str, value: str) -> "Asked":
        """The question with a value not chosen, from its first page."""
        kept = {facet: self._but(values, value) if facet == name else values for facet, values in self.chosen.items()}
        return replace(self, chosen={facet: values for facet, values in kept.items() if values}, page=1)

    def unfiltered(self) -> "Asked":
        """The question with nothing chosen."""
        return replace(self, chosen={}, since=None, until=None, page=1)

    def only(self, name: str, *values: str) -> "Asked":
        """The question with these values of a facet chosen instead of what was, or with none."""
        kept = {facet: chosen for facet, chosen in self.chosen.items() if facet != name}
        return replace(self, chosen={**kept, name: values} if values else kept, page=1)

    def undated(self, name: str) -> "Asked":
        """The question without one of the dates."""
        return replace(self, since=None, page=1) if name == "since" else replace(self, until=None, page=1)

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
    return 0 < len(value) <= MAX_VALUE and value == readable(value)


def _page(text: str) -> int:
    page = int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE else 1
    return page if 1 <= page <= LAST_PAGE else 1


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if len(text) == LENGTH_OF_A_DAY else None
    except ValueError:
        return None


LENGTH_OF_A_DAY = len("2020-01-31")


def readable(text: str) -> str:
    """Text without what no encoding can hold and no page can show."""
    return text.encode("utf-8", "ignore").decode().replace("\0", "")
