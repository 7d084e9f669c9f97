"""Long lists in pages that stay quick: rows are counted up to a number, a page begins after the row before it.

| address              | which page                                                                                |
|----------------------|-------------------------------------------------------------------------------------------|
| `?page=3`            | the third; what lies before it is skipped by number                                       |
| `?page=3&after=KEY`  | the third, as it follows on the row that KEY stands for: what arrived since shifts nothing |
| `?page=2&before=KEY` | the second, as it precedes the row that KEY stands for                                    |
| `?end=1`             | the last, read from the other end; `?end=2` the one before it, with `after` and `before`  |

A KEY holds what the list is ordered by, of one row: whether that row is still there does not matter. A key that is not
understood counts as none, a number beyond the end as the last page.
"""

import base64
import binascii
import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import attrgetter, or_
from typing import Any, Generic, Self, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

MOST_COUNTED = 1000
"""Rows of a list that are counted; of a longer one is said that it is longer."""
SIZE = 20
LONGEST_NUMBER, LONGEST_KEY = 7, 800
PLACES = ("page", "end", "after", "before")
"""What says in an address which page is meant."""
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Order:
    """What a list is ordered by, as for `QuerySet.order_by`. Nothing in it is null; the last name is a unique one."""

    names: tuple[str, ...]

    @property
    def lookups(self) -> tuple[str, ...]:
        """Without the signs."""
        return tuple(name.removeprefix("-") for name in self.names)

    @property
    def reversed(self) -> tuple[str, ...]:
        """The same from the other end."""
        return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in self.names)

    def key_of(self, row: Any) -> str:
        """Where a row stands."""
        values = [attrgetter(name.replace("__", "."))(row) for name in self.lookups]
        plain = [f"@{value.isoformat()}" if isinstance(value, datetime.datetime) else value for value in values]
        return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")

    def values_of(self, key: str) -> list[Any] | None:
        """The place that a key stands for; None where it is none of this order's."""
        if not key or len(key) > LONGEST_KEY:
            return None
        try:
            plain = json.loads(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
            values = [_value(one) for one in plain]
        except (binascii.Error, UnicodeError, ValueError, TypeError, RecursionError):
            return None
        return values if len(values) == len(self.names) else None

    def beyond(self, values: Sequence[Any], *, back: bool = False) -> Q:
        """Rows after a place, or before it. The first condition is the one for which a database has an index."""
        steps = []
        for number, name in enumerate(self.names):
            smaller = name.startswith("-") is not back
            known = {lookup: values[place] for place, lookup in enumerate(self.lookups[:number])}
            steps.append(Q(**known, **{f"{self.lookups[number]}__{'lt' if smaller else 'gt'}": values[number]}))
        first = self.names[0].startswith("-") is not back
        reach = Q(**{f"{self.lookups[0]}__{'lte' if first else 'gte'}": values[0]})
        return reach & reduce(or_, steps)


def _value(plain: Any) -> Any:
    """One part of a key; ValueError for what no row holds."""
    if isinstance(plain, str) and plain.startswith("@"):
        instant = parse_datetime(plain[1:])
        if instant is None or instant.tzinfo is None:
            raise ValueError(plain)
        return instant
    is_number = isinstance(plain, int) and not isinstance(plain, bool) and abs(plain) < 2**63
    if not is_number and (not isinstance(plain, str) or "\x00" in plain):
        raise ValueError(plain)
    return plain


@dataclass(frozen=True)
class Total:
    """How many rows there are: `number`, or more than that."""

    number: int
    is_more: bool = False

    @classmethod
    def of(cls, rows: "QuerySet[Any]", most: int = 0) -> Self:
        """Count up to a number, MOST_COUNTED by default."""
        most = most or MOST_COUNTED
        found = rows.order_by().values("pk")[: most + 1].count()
        return cls(min(found, most), found > most)


@dataclass(frozen=True)
class Place:
    """Which page is asked for: from the start (`number`) or from the end (`end`), and where it begins."""

    number: int = 1
    end: int = 0
    after: str = ""
    before: str = ""

    @classmethod
    def asked(cls, query: QueryDict) -> Self:
        """As an address says."""
        page, end, after, before = (query.get(name, "") for name in PLACES)
        return cls(_number(page) or 1, _number(end), after, "" if after else before)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= LONGEST_NUMBER else 0


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """One page of a list, and how to get to the others; templates/includes/pager.html shows it."""

    rows: list[Row]
    total: Total
    place: Place
    size: int
    has_previous: bool
    has_next: bool
    order: Order = field(repr=False)
    query: QueryDict = field(repr=False)
    """What else the address says: what the list was narrowed by."""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def pages(self) -> int:
        """How many pages there are; 0 where the list is too long to be counted."""
        return 0 if self.total.is_more else _pages(self.total, self.size)

    @property
    def first(self) -> str:
        """Query of the first page: it says no page, so that it always shows the newest."""
        return self._address()

    @property
    def previous(self) -> str:
        """Query of the page before."""
        if self.place.end:
            return self._address(end=self.place.end + 1, before=self._key(0))
        if self.place.number <= 2:
            return self.first
        return self._address(page=self.place.number - 1, before=self._key(0))

    @property
    def next(self) -> str:
        """Query of the page after."""
        if not self.place.end:
            return self._address(page=self.place.number + 1, after=self._key(-1))
        if self.place.end <= 2:
            return self._address(end=1)
        return self._address(end=self.place.end - 1, after=self._key(-1))

    @property
    def last(self) -> str:
        """Query of the last page."""
        return self._address(page=self.pages) if self.pages else self._address(end=1)

    def _address(self, **place: object) -> str:
        query = self.query.copy()
        for name in PLACES:
            query.pop(name, None)
        query.update({name: str(value) for name, value in place.items()})
        return f"?{query.urlencode()}"

    def _key(self, index: int) -> str:
        return self.order.key_of(self.rows[index]) if self.rows else ""


def page_of(rows: "QuerySet[Row]", order: Order, query: QueryDict, *, size: int = 0, most: int = 0) -> ListPage[Row]:
    """The page of a list that an address asks for. Two queries, a third where rows are skipped by number.

    `rows` are narrowed already and have what a row shows; their order is made here.
    """
    size, total, place = size or SIZE, Total.of(rows, most), Place.asked(query)
    if not total.is_more:
        place = _by_number(place, _pages(total, size))
    after, before = order.values_of(place.after), order.values_of(place.before)
    if after is not None:
        found = list(rows.filter(order.beyond(after)).order_by(*order.names)[: size + 1])
        if found:
            return ListPage(found[:size], total, place, size, True, len(found) > size, order, query)
        place = _last(total, size)
    elif before is not None:
        found = list(rows.filter(order.beyond(before, back=True)).order_by(*order.reversed)[: size + 1])
        if len(found) >= size:
            return ListPage(found[size - 1 :: -1], total, place, size, len(found) > size, True, order, query)
        place = Place()  # less than a page lies before it, so that is the first
    rows_there, more = _by_skipping(rows, order, place, size)
    if not rows_there and place != Place():
        place = Place() if place.end else _last(total, size)
        rows_there, more = _by_skipping(rows, order, place, size)
    fewer = (place.end or place.number) > 1
    return ListPage(
        rows_there,
        total,
        place,
        size,
        has_previous=more if place.end else fewer,
        has_next=fewer if place.end else more,
        order=order,
        query=query,
    )


def _pages(total: Total, size: int) -> int:
    return max(1, -(-total.number // size))


def _last(total: Total, size: int) -> Place:
    return Place(end=1) if total.is_more else Place(_pages(total, size))


def _by_number(place: Place, pages: int) -> Place:
    """The same, where all pages are counted: they are called by their numbers then, and none is beyond the last."""
    if place.end:
        return Place(max(pages + 1 - place.end, 1))
    return place if place.number <= pages else Place(pages)


def _by_skipping(rows: "QuerySet[Row]", order: Order, place: Place, size: int) -> tuple[list[Row], bool]:
    """A page by its number, from the end that it is counted from, and whether another follows on that way."""
    start = ((place.end or place.number) - 1) * size
    ordered = rows.order_by(*(order.reversed if place.end else order.names))
    if start:  # what is skipped is skipped without its names and answers
        numbers = list(ordered.values_list("pk", flat=True)[start : start + size + 1])
        known = {row.pk: row for row in rows.filter(pk__in=numbers)} if numbers else {}
        found = [known[number] for number in numbers if number in known]
    else:
        found = list(ordered[: size + 1])
    shown = found[:size]
    return shown[::-1] if place.end else shown, len(found) > size
