"""Results as the page shows them: words instead of codes."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.policies.enums import DocumentKind, Validity
from home.policies.rules import shown_validity
from search.documents import part_of
from search.engines.base import FacetCount, Hit, Marked, Place
from search.kinds import KINDS, POLICY
from search.parameters import Asked
from search.parts import PAGE, PART, ROW, SHEET

FEW = 8
"""So many values of a facet are shown at once; the rest folds away."""

MANY = 4
"""So many bodies are named in one line."""

NOTES = ("number", "issuer", "unit", "period", "units", "place", "organiser")
"""What is shown under a title, in this order."""

FACET_LABELS: dict[str, Promise] = {
    "kind": gettext_lazy("Kind"),
    "document": gettext_lazy("Type of document"),
    "validity": gettext_lazy("Validity"),
    "year": gettext_lazy("Year of the document"),
    "issuer": gettext_lazy("Issuing body"),
    "topic": gettext_lazy("Topic"),
    "unit": gettext_lazy("Unit"),
    "programme": gettext_lazy("Programme"),
    "action": gettext_lazy("Action"),
    "form": gettext_lazy("Form"),
    "period": gettext_lazy("Period"),
    PART: gettext_lazy("Article"),
}


IN_TABS = frozenset({"kind", PART})
"""What is chosen above the results, or offered there, not beside them."""

BESIDE_RESULTS = FACET_LABELS.keys() - IN_TABS | {"since", "until"}
"""What has fields of its own there."""


@dataclass(frozen=True)
class Option:
    """A value of a facet."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A group of values to choose from."""

    name: str
    label: str
    first: list[Option]
    more: list[Option]


@dataclass(frozen=True)
class Chip:
    """A chosen value, with the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Tab:
    """A kind of results, how many there are, and the address that shows them alone."""

    label: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class Row:
    """One result."""

    kind: str
    kind_label: str
    title: Marked
    passage: Marked
    url: str
    date: datetime.date | None
    notes: list[str]
    validity: Validity | None
    parent: str
    parent_url: str
    object_id: str
    label: str = ""
    others: tuple[Place, ...] = ()
    quoted: Place | None = None
    """The part that the passage is taken from, where that is not what the result leads to."""
    newer: str = ""
    newer_url: str = ""
    is_promoted: bool = False
    click: str = ""
    """What opening the result sends home, so that it can be counted; empty where it is not."""


def row(hit: Hit, promoted: Collection[str] = ()) -> Row:
    """A result in words; `promoted` names what administrators put first."""
    shown = hit.shown
    notes = [_shortened(shown.get(name, "")) for name in NOTES]
    return Row(
        kind=hit.kind,
        kind_label=kind_label(hit.kind),
        title=hit.title,
        passage=hit.passage,
        url=hit.url,
        date=hit.date,
        notes=[note for note in notes if note],
        validity=_validity(shown) if hit.kind == POLICY else None,
        parent=shown.get("parent", ""),
        parent_url=shown.get("parent_url", ""),
        object_id=hit.object_id,
        label=part_label(part_of(hit.id), hit.label),
        newer=shown.get("newer", ""),
        newer_url=shown.get("newer_url", ""),
        others=tuple(map(_place, hit.others)),
        quoted=_place(hit.quoted) if hit.quoted else None,
        is_promoted=hit.object_id in promoted,
    )


def _place(place: Place) -> Place:
    return replace(place, label=part_label(place.name, place.label))


def part_label(name: str, label: str) -> str:
    """An article is called as the regulation calls it; a page, a sheet or a row in the reader's language."""
    if name.startswith(PAGE):
        return _("page %(number)s") % {"number": label}
    if name.startswith(SHEET):
        return _("sheet: %(name)s") % {"name": label}
    if name.startswith(ROW):
        number, _dot, table = label.partition(" · ")
        return _("row %(number)s · %(table)s") % {"number": number, "table": table}
    return label


def kind_label(kind: str) -> str:
    """A kind in words."""
    return str(KINDS.get(kind, kind))


def facets(counts: Mapping[str, Sequence[FacetCount]], asked: Asked) -> list[Facet]:
    """The facets that offer a choice, or in which something is chosen."""
    found = []
    for name, label in FACET_LABELS.items():
        if name in IN_TABS:
            continue
        options = _options(name, counts.get(name, ()), asked.chosen.get(name, ()))
        if len(options) > 1 or any(option.is_chosen for option in options):
            found.append(Facet(name, str(label), options[:FEW], options[FEW:]))
    return found


def tabs(counts: Sequence[FacetCount], asked: Asked) -> list[Tab]:
    """All results, and those of each kind; none where there is nothing to choose between."""
    by_kind = {item.value: item.count for item in counts}
    chosen = asked.chosen.get("kind", ())
    if len(by_kind.keys() | set(chosen)) < 2:
        return []
    every = Tab(_("Everything"), sum(by_kind.values()), asked.only("kind").address(), not chosen)
    return [
        every,
        *(
            Tab(str(label), by_kind.get(kind, 0), asked.only("kind", kind).address(), chosen == (kind,))
            for kind, label in KINDS.items()
            if kind in by_kind or kind in chosen
        ),
    ]


def chips(asked: Asked) -> list[Chip]:
    """What is chosen, one by one."""
    dates = {"since": (_("from %(day)s"), asked.since), "until": (_("until %(day)s"), asked.until)}
    dated = [
        Chip(text % {"day": date_format(day, "DATE_FORMAT")}, asked.undated(name).address())
        for name, (text, day) in dates.items()
        if day
    ]
    return dated + [
        Chip(
            label=_("%(facet)s: %(value)s") % {"facet": FACET_LABELS[name], "value": value_label(name, value)},
            url=asked.without(name, value).address(),
        )
        for name, values in asked.chosen.items()
        for value in values
    ]


def value_label(name: str, value: str) -> str:
    """A value of a facet in words."""
    if name == "kind":
        return kind_label(value)
    codes = {"validity": Validity, "document": DocumentKind}.get(name)
    return str(codes(value).label) if codes and value in codes.values else value


def _options(name: str, counts: Sequence[FacetCount], chosen: Sequence[str]) -> list[Option]:
    """Chosen values stay in sight even where they have no results any more."""
    by_value = {item.value: item.count for item in counts}
    missing = [value for value in chosen if value not in by_value]
    values = [*by_value, *missing]
    if name == "kind":
        order = list(KINDS)
        values.sort(key=lambda value: order.index(value) if value in order else len(order))
    elif name == "year":
        values.sort(reverse=True)
    options = [Option(value, value_label(name, value), by_value.get(value, 0), value in chosen) for value in values]
    return sorted(options, key=lambda option: not option.is_chosen) if len(options) > FEW else options


def _shortened(note: str) -> str:
    """The first few of a list of bodies; a joint document may have a dozen."""
    names = note.split("、")
    return note if len(names) <= MANY else "、".join(names[:MANY]) + _(" and others")


def _validity(shown: Mapping[str, str]) -> Validity | None:
    """What is valid today; the index holds what was stated and the dates."""
    stated = shown.get("validity", "")
    if stated not in Validity.values or stated == Validity.UNKNOWN:
        return None
    return shown_validity(
        Validity(stated), _day(shown.get("effective_on")), _day(shown.get("expires_on")), timezone.localdate()
    )


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
