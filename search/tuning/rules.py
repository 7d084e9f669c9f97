"""What may stand in a list of words, and what lists of words mean. Nothing here asks the database."""

import calendar
import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from search.engines.base import Boost
from search.text import words
from search.wording import Wording, wording_key

SHORTEST = 2
MOST_WORDS = 20
MOST_PROMOTED = 3


def lines_of(text: str) -> list[str]:
    """The lines that have something on them."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def wrong_words(text: str, *, longest: int) -> Promise | None:
    """What is wrong with a group of synonyms; None for a good one."""
    lines = lines_of(text)
    if not SHORTEST <= len(lines) <= MOST_WORDS:
        return _("Please write between two and twenty words, one a line.")
    keys: set[str] = set()
    for line in lines:
        key = wording_key(line)
        if len(key) > longest or len("".join(words(line))) < SHORTEST:
            return format_lazy(_("“{word}” must have between two and sixty characters."), word=line[:longest])
        if key in keys:
            return format_lazy(_("“{word}” stands here twice."), word=line)
        keys.add(key)
    return None


def wrong_stop_phrase(phrase: str) -> Promise | None:
    """What is wrong with a stop phrase; None for a good one."""
    if len("".join(words(phrase))) < SHORTEST:
        return _("Please write at least two characters.")
    return None


@dataclass(frozen=True)
class Promoted:
    """Things that come first for a question, on some days."""

    key: str
    contains: bool
    things: tuple[str, ...]
    begins_on: str = ""
    ends_on: str = ""

    def answers(self, key: str, day: datetime.date) -> bool:
        """Whether it counts for a question on a day. ISO dates compare as text."""
        is_asked = self.key in key if self.contains else self.key == key
        return is_asked and self.begins_on <= day.isoformat() <= (self.ends_on or "9999")


@dataclass(frozen=True)
class Boosted:
    """What counts more or less: a value of a facet, or what is newer than so many years."""

    factor: float
    facet: str = ""
    value: str = ""
    years: int = 0

    def on(self, day: datetime.date) -> Boost:
        """As it is asked on a day; 29 February stands for 28 February in years that have none."""
        if not self.years:
            return Boost(self.factor, self.facet, self.value)
        year = day.year - self.years
        is_short = (day.month, day.day) == (2, 29) and not calendar.isleap(year)
        return Boost(self.factor, since=day.replace(year=year, day=28 if is_short else day.day))


@dataclass(frozen=True)
class Tuning:
    """Everything that administrators decided, ready to be asked."""

    wording: Wording = field(default_factory=Wording)
    promotions: tuple[Promoted, ...] = ()
    boosts: tuple[Boosted, ...] = ()

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Self:
        """What was written as JSON, maybe when words were folded less: they are compared as folded now."""
        return cls(
            wording=Wording(
                synonyms={
                    wording_key(term): tuple(map(wording_key, others))
                    for term, others in content.get("synonyms", {}).items()
                },
                stop_phrases=tuple(map(wording_key, content.get("stop_phrases", ()))),
            ),
            promotions=tuple(
                Promoted(**{**each, "key": wording_key(each["key"]), "things": tuple(each["things"])})
                for each in content.get("promotions", ())
            ),
            # Boosts came later: what was put live before has none.
            boosts=tuple(Boosted(**each) for each in content.get("boosts", ())),
        )

    def boosted(self, day: datetime.date) -> tuple[Boost, ...]:
        """What counts more or less on a day."""
        return tuple(each.on(day) for each in self.boosts)

    def promoted(self, text: str, day: datetime.date) -> tuple[str, ...]:
        """What comes first for a question: exact ones before those that are contained, three at most."""
        key = wording_key(text)
        found = [each for each in self.promotions if each.answers(key, day)]
        found.sort(key=lambda each: each.contains)
        return tuple(dict.fromkeys(name for each in found for name in each.things))[:MOST_PROMOTED]


def synonyms_of(groups: Sequence[tuple[Sequence[str], bool]]) -> dict[str, list[str]]:
    """Term → what may stand in its place, of groups and whether each is one way."""
    found: dict[str, list[str]] = {}
    for lines, is_one_way in groups:
        keys = [wording_key(line) for line in lines]
        for term in keys[:1] if is_one_way else keys:
            others = found.setdefault(term, [])
            others += [key for key in keys if key != term and key not in others]
    return found


def digest(live: Mapping[str, Any], draft: Mapping[str, Any]) -> str:
    """A short name for what is live together with a draft: another one as soon as either changes."""
    return hashlib.sha256(json.dumps([live, draft], sort_keys=True).encode()).hexdigest()[:32]
