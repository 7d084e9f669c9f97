"""Results as the page shows them: words instead of codes."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.policies.enums import Validity
from home.policies.rules import shown_validity
from search.engines.base import FacetCount, Hit, Marked, Place
from search.kinds import KINDS, POLICY
from search.parameters import Asked

FEW = 8
"""So many values of a facet are shown at once; the rest folds away."""

MANY = 4
"""So many bodies are named in one line."""

NOTES = ("number", "issuer", "unit", "period", "units", "place", "organiser")
"""What is shown under a title, in this order."""

FACET_LABELS: dict[str, Promise] = {
    "kind": gettext_lazy("Kind"),
    "year": gettext_lazy("Year of the document"),
    "issuer": gettext_lazy("Issuing body"),
    "unit": gettext_lazy("Unit"),
    "programme": gettext_lazy("Programme"),
    "form": gettext_lazy("Form"),
    "topic": gettext_lazy("Topic"),
}


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
    click: str = ""
    """What opening the result sends home, so that it can be counted; empty where it is not."""


def row(hit: Hit) -> Row:
    """A result in words."""
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
        label=hit.label,
        others=hit.others,
    )


def kind_label(kind: str) -> str:
    """A kind in words."""
    return str(KINDS.get(kind, kind))


def facets(counts: Mapping[str, Sequence[FacetCount]], asked: Asked) -> list[Facet]:
    """The facets that offer a choice, or in which something is chosen."""
    found = []
    for name, label in FACET_LABELS.items():
        options = _options(name, counts.get(name, ()), asked.chosen.get(name, ()))
        if len(options) > 1 or any(option.is_chosen for option in options):
            found.append(Facet(name, str(label), options[:FEW], options[FEW:]))
    return found


def chips(asked: Asked) -> list[Chip]:
    """What is chosen, one by one."""
    return [
        Chip(
            label=_("%(facet)s: %(value)s") % {"facet": FACET_LABELS[name], "value": value_label(name, value)},
            url=asked.without(name, value).address(),
        )
        for name, values in asked.chosen.items()
        for value in values
    ]


def value_label(name: str, value: str) -> str:
    """A value of a facet in words."""
    return kind_label(value) if name == "kind" else value


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
