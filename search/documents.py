"""What the index holds of one thing that can be found."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from search.numbers import number_key
from search.text import clean

MAX_BODY = 1_000_000
"""Characters of running text kept of one document; longer ones are cut."""

MAX_INNER = 2_000_000
"""Characters of the text of its parts that a thing is found by: as many as are read of a file."""

OF = "#"
"""Between an object's name and that of a part of it."""


@dataclass(frozen=True)
class SearchDocument:
    """One page, report, file or task as it is found.

    `object_id` is kind and primary key ("policy:12"). An object may be found through several documents (its articles,
    its pages): they share `object_id` and differ in `part` (see `search.parts`). `audience` holds the tokens of
    `portal.units.access`; an empty audience is found by nobody. `shown` is what a result row says beside title and
    text; it is not searched.
    """

    object_id: str
    kind: str
    title: str
    url: str
    audience: frozenset[str]
    body: str = ""
    context: str = ""
    """Where a part stands: its document's title and the headings above it."""
    inner: str = ""
    """Running text that the parts hold: the whole is found by it, and ranked by its parts."""
    extra: tuple[str, ...] = ()
    """Other words it is found by: numbers, issuers, units and their aliases."""
    numbers: tuple[str, ...] = ()
    """Official document numbers of the thing itself, as written."""
    date: datetime.date | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    label: str = ""
    """What a part is called beside the title: 第十二条, 第3页."""

    @property
    def is_whole(self) -> bool:
        """Whether this stands for the object itself, and counts: a part does not."""
        return not self.part

    @property
    def id(self) -> str:
        """The document's own name."""
        return f"{self.object_id}{OF}{self.part}" if self.part else self.object_id

    @cached_property
    def clean_title(self) -> str:
        """The title as it is indexed and shown."""
        return clean(self.title)

    @cached_property
    def clean_body(self) -> str:
        """The running text as it is indexed and shown."""
        return clean(self.body[:MAX_BODY])

    @cached_property
    def clean_inner(self) -> str:
        """The text of the parts, as it is indexed."""
        return clean(self.inner[:MAX_INNER])

    @cached_property
    def searched_title(self) -> str:
        """The title as words are looked for in it; that of a part is its document's, and in its context."""
        return self.clean_title if self.is_whole else ""

    @cached_property
    def clean_context(self) -> str:
        """Where it stands, as it is indexed."""
        return clean(self.context)

    @cached_property
    def clean_extra(self) -> str:
        """Numbers and other words in one text; a stroke keeps pairs of characters from running across two of them."""
        return " | ".join(clean(words) for words in (*self.numbers, *self.extra) if words)

    @cached_property
    def number_keys(self) -> tuple[str, ...]:
        """The numbers in the form under which they are compared."""
        return tuple(dict.fromkeys(key for number in self.numbers if (key := number_key(number))))

    @cached_property
    def all_facets(self) -> dict[str, tuple[str, ...]]:
        """The facets, with kind and year among them; empty values are left out."""
        found: dict[str, tuple[str, ...]] = {"kind": (self.kind,)}
        if self.date:
            found["year"] = (str(self.date.year),)
        found.update(
            (name, tuple(value for value in values if value)) for name, values in self.facets.items() if any(values)
        )
        return found

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of everything the index holds, to tell whether index and database agree."""
        content = [
            self.id,
            self.clean_title,
            self.clean_body,
            self.clean_context,
            self.clean_inner,
            self.label,
            self.clean_extra,
            self.number_keys,
            self.url,
            sorted(self.audience),
            str(self.date or ""),
            sorted(self.all_facets.items()),
            sorted(self.shown.items()),
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def object_of(document: str) -> str:
    """The object that a document belongs to, by the document's name."""
    return document.partition(OF)[0]


def part_of(document: str) -> str:
    """Which part of its object a document is, by its name; empty: the object itself."""
    return document.partition(OF)[2]


def object_id(kind: str, pk: object) -> str:
    """The name of a thing in the index."""
    return f"{kind}:{pk}"
