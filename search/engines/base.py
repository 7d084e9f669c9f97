"""What every engine can do, and the questions and answers it deals in. Nothing here knows Django or Elasticsearch."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from search.documents import SearchDocument
from search.understanding import Understood, Unit, most, needed, understand_all
from search.wording import PLAIN, Wording

MAX_WINDOW = 10_000
"""Results that can be paged through; Elasticsearch's own default (`index.max_result_window`)."""

MAX_FACET_VALUES = 200
TOLD_APART = 16
"""Of so many words it is counted which results have them all."""

PASSAGE = 120
"""Characters of text shown with a result, about three lines."""


LOWERED = {"validity": ("repealed", "expired")}
LOWERED_TO = 0.5
"""What is no longer in force counts so much: it stands below what is, and is found all the same."""


@dataclass(frozen=True)
class Boost:
    """What counts more, or less: things with a value of a facet, or those dated on a day or later."""

    factor: float
    facet: str = ""
    value: str = ""
    since: datetime.date | None = None


class EngineUnavailableError(Exception):
    """The engine did not answer, or answered that it cannot work now. Nothing is wrong with what it was given."""


class EngineSlowError(EngineUnavailableError):
    """The engine did not answer in time: whoever asks next would wait as long."""


class Sort(StrEnum):
    """In which order results come."""

    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True, kw_only=True)
class Query:
    """A question. `tokens` has no default: there is no way to search without saying for whom."""

    tokens: frozenset[str]
    text: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Facet → chosen values; values of one facet are alternatives, facets add up."""
    facets: tuple[str, ...] = ()
    """Facets whose values are to be counted."""
    withheld: frozenset[str] = frozenset()
    """`object_id` of things that must not be found although the index still holds them."""
    since: datetime.date | None = None
    until: datetime.date | None = None
    """Only what has a date from the one to the other, both included."""
    sort: Sort = Sort.RELEVANCE
    complete: bool = False
    """Only what has what was typed (`understanding.most`), not what has some of it."""
    grouped: bool = True
    """Things, each once, through its best part; otherwise every part for itself."""
    marked: bool = True
    """Whether titles and passages are marked; an engine may leave that out where nobody reads them."""
    page: int = 1
    size: int = 20
    wording: Wording = PLAIN
    """What means the same and what says nothing."""
    promoted: tuple[str, ...] = ()
    """`object_id` of things that come first, in this order, whether they have the words or not; who may not find them
    does not. An order by date, and what must have every word, know no such things (`pinned`)."""

    boosts: tuple[Boost, ...] = ()
    """How well a thing answers is multiplied by each of those that concern it. An order by date knows none, and what is
    promoted stays first (`boosting`)."""

    def __post_init__(self) -> None:
        """Refuse a question that nobody asked, and pages that do not exist."""
        if not self.tokens:
            raise ValueError("A search needs the audience tokens of whoever asks.")
        if self.page < 1 or self.size < 1:
            raise ValueError("Pages and sizes begin at 1.")

    @cached_property
    def variants(self) -> tuple[Understood, ...]:
        """The text taken apart, as it was typed and in other words: what answers one of them is found."""
        return understand_all(self.text, self.wording)

    @property
    def understood(self) -> Understood:
        """The text taken apart, as it was typed."""
        return self.variants[0]

    @cached_property
    def wanted(self) -> tuple[Unit, ...]:
        """Every row of tokens that is worth marking."""
        if len(self.variants) == 1:
            return self.understood.wanted
        return tuple(dict.fromkeys(unit for variant in self.variants for unit in variant.wanted))

    @property
    def pinned(self) -> tuple[str, ...]:
        """Promoted things that count in this order of results."""
        return () if self.by_date or self.complete else self.promoted

    @property
    def boosting(self) -> tuple[Boost, ...]:
        """Boosts that count in this order of results."""
        return () if self.by_date else self.boosts

    @property
    def offset(self) -> int:
        """How many results come before this page."""
        return (self.page - 1) * self.size

    @property
    def by_whole(self) -> bool:
        """Whether parts have no say: in an order by date, and where a word must be nowhere in a thing."""
        return self.by_date or bool(self.understood.excluded)

    @property
    def tells_complete(self) -> bool:
        """Whether it is worth telling what has all that was typed from what has some of it: not of a long question."""
        counts = [len(variant.units) for variant in self.variants]
        return not self.complete and max(counts) <= TOLD_APART and any(most(units) > needed(units) for units in counts)

    @property
    def by_date(self) -> bool:
        """Whether the newest come first; where nothing is asked for, nothing is more relevant."""
        return self.sort is Sort.DATE or self.understood.is_empty


@dataclass(frozen=True)
class Piece:
    """A stretch of text, either matched or not. Templates escape it like any other text."""

    text: str
    matched: bool = False


Marked = tuple[Piece, ...]


@dataclass(frozen=True)
class Hit:
    """One result."""

    id: str
    object_id: str
    kind: str
    title: Marked
    passage: Marked
    url: str
    date: datetime.date | None
    shown: Mapping[str, str]
    score: float
    label: str = ""
    """What the part is called through which the thing was found."""
    others: tuple["Place", ...] = ()
    """Further parts of it that answer nearly as well."""
    quoted: "Place | None" = None
    """The part that the passage is taken from, where the thing is found as a whole and says nothing itself of what was
    asked for: a law that is called so, of which the best article is shown."""


@dataclass(frozen=True)
class Place:
    """A part of a thing, to go to."""

    label: str
    url: str

    @property
    def name(self) -> str:
        """Its own name among the parts of the thing."""
        return self.url.partition("#")[2]


@dataclass(frozen=True)
class FacetCount:
    """A value of a facet and how many results have it, with every filter but this facet's own."""

    value: str
    count: int


@dataclass(frozen=True)
class Results:
    """One page of results, and the counts over all things that were found, parts not counted."""

    hits: tuple[Hit, ...]
    total: int
    complete: int | None = None
    """How many of them have what was typed; None where that is no question (`Query.tells_complete`)."""
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Rejected:
    """A document the engine refused for its content."""

    object_id: str
    reason: str


@dataclass(frozen=True)
class Health:
    """Whether an engine answers, how much it holds, and what is wrong otherwise."""

    name: str
    documents: int = 0
    fault: str = ""
    outdated: bool = False
    """The index was made by a former definition: `manage.py rebuild_index` is due."""


@dataclass(frozen=True)
class Held:
    """A document as an index holds it: its name, the object it belongs to, and the hash of what was written.

    Object and hash are empty where somebody else wrote the document.
    """

    id: str
    object_id: str
    content_hash: str


class Rebuild(Protocol):
    """A new index beside the one that is being searched. `target` names it."""

    target: str

    def load(self, documents: Sequence[SearchDocument]) -> list[Rejected]:
        """Add documents; those it has already are replaced, and other parts of the same objects stay."""
        ...

    def replace(self, objects: Collection[str], documents: Sequence[SearchDocument]) -> list[Rejected]:
        """The same as `SearchEngine.replace`, in the new index."""
        ...

    def count(self) -> int:
        """How many documents the new index holds."""
        ...

    def exists(self) -> bool:
        """Whether the new index is (still) there."""
        ...

    def in_use(self) -> bool:
        """Whether it has been switched to."""
        ...

    def switch(self) -> None:
        """From now on searches and writes go to the new index; the old one is removed. No search falls between."""
        ...


class SearchEngine(Protocol):
    """An index that can be filled and asked. Every method raises EngineUnavailableError when the engine is away."""

    name: str

    @property
    def definition(self) -> str:
        """Changes when a new index would be made otherwise than before."""
        ...

    def exists(self) -> bool:
        """Whether there is an index to search and write in."""
        ...

    def ensure(self) -> bool:
        """Make an empty index where there is none; whether it had to."""
        ...

    def replace(self, objects: Collection[str], documents: Sequence[SearchDocument]) -> list[Rejected]:
        """Afterwards the index holds of these objects exactly these documents (none: the objects are gone)."""
        ...

    def search(self, query: Query) -> Results:
        """Answer a question."""
        ...

    def count(self) -> int:
        """How many documents the index holds."""
        ...

    def health(self) -> Health:
        """How the engine is; never raises."""
        ...

    def begin_rebuild(self) -> Rebuild:
        """Begin a new index beside the present one. Others that were begun and never switched to are removed."""
        ...

    def resume_rebuild(self, target: str) -> Rebuild:
        """The new index of that name, begun earlier."""
        ...

    def abandon_rebuild(self, target: str) -> None:
        """Remove a new index that was never switched to, if it is still there."""
        ...

    def held(self) -> Iterator[Held]:
        """Every document of the index, streamed. What changes meanwhile may be met or not."""
        ...

    def held_of(self, objects: Collection[str]) -> list[Held]:
        """The documents of some objects (some hundred at most), as the index holds them now."""
        ...

    def discard(self, ids: Collection[str]) -> None:
        """Remove documents by their own names: those that belong to no object of the portal."""
        ...
