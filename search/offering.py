"""Filters that a question itself speaks of: 2020年, 第十二条, the name of a unit. They are offered, never forced."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from search.engines.base import FacetCount
from search.parameters import Asked
from search.parts import PART
from search.text import fold
from search.understanding import articles_in

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
NAMED = ("unit", "issuer", "programme", "form")
"""Facets whose values are names that may stand in a question."""

SHORTEST, MOST = 2, 4


@dataclass(frozen=True)
class Offer:
    """A filter in words, how many results have it, and the address with it."""

    label: str
    url: str
    count: int | None = None


def offers(asked: Asked, counts: Mapping[str, Sequence[FacetCount]]) -> list[Offer]:
    """What the question names and some results have. `counts` are what the asker may see: no name gives away more."""
    return list(_offers(asked, counts))[:MOST]


def _offers(asked: Asked, counts: Mapping[str, Sequence[FacetCount]]) -> Iterator[Offer]:
    text = fold(asked.text)
    years = set(_YEAR.findall(text))
    for one in counts.get("year", ()):
        if one.value in years and not asked.chosen.get("year"):
            yield Offer(_("only of %(year)s") % {"year": one.value}, asked.only("year", one.value).address(), one.count)
    labels, rest = articles_in(text)
    # Where nothing but an article is named, its number is no word to look for: the filter says all of it.
    without = replace(asked, text="") if rest == text else asked
    for label in labels:
        if PART not in asked.chosen:
            yield Offer(_("only %(article)s") % {"article": label}, without.only(PART, label).address())
    for name in NAMED:
        if asked.chosen.get(name):
            continue
        for one in sorted(counts.get(name, ()), key=lambda item: -len(item.value)):
            if len(one.value) >= SHORTEST and fold(one.value) in text:
                yield Offer(_("only %(name)s") % {"name": one.value}, asked.only(name, one.value).address(), one.count)
