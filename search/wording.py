"""Words that administrators keep: what means the same, and what says nothing. They change questions, not the index."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product

from search.text import LETTER, fold, is_han

MAX_VARIANTS = 8
"""In so many ways a question is asked at once."""


@dataclass(frozen=True)
class Wording:
    """Synonyms and stop phrases, all of them folded (`wording_key`)."""

    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Term → what may stand in its place."""
    stop_phrases: tuple[str, ...] = ()
    """Left out of a question in which something else remains."""

    @cached_property
    def _terms(self) -> re.Pattern[str] | None:
        return _any_of(self.synonyms)

    @cached_property
    def _stops(self) -> re.Pattern[str] | None:
        return _any_of(self.stop_phrases)

    def without_stops(self, text: str) -> str:
        """Folded text without what says nothing."""
        return self._stops.sub(" ", text) if self._stops else text

    def variants(self, text: str) -> list[str]:
        """The folded text and what it says in other words: fewest words replaced first, eight at most.

        Of terms that overlap the first and longest counts. What stands in another's place is not replaced again.
        """
        found = list(self._terms.finditer(text)) if self._terms else []
        if not found:
            return [text]
        kept = islice(_replaced(text, found, self.synonyms), MAX_VARIANTS)
        return list(dict.fromkeys(kept))


PLAIN = Wording()


def wording_key(text: str) -> str:
    """A term as it is looked for in a folded question."""
    return " ".join(fold(text).split())


def _any_of(terms: "Mapping[str, object] | tuple[str, ...]") -> re.Pattern[str] | None:
    """Any of the terms, the longest first; one that begins or ends with a letter is no piece of a longer word."""
    longest = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile("|".join(map(_expression, longest))) if longest else None


def _expression(term: str) -> str:
    before = "" if is_han(term[0]) else f"(?<!{LETTER})"
    after = "" if is_han(term[-1]) else f"(?!{LETTER})"
    return before + r"\s+".join(map(re.escape, term.split())) + after


def _replaced(text: str, found: list[re.Match[str]], synonyms: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    terms = [" ".join(one.group().split()) for one in found]
    # More terms than this cannot add a variant: eight are reached before.
    options = [range(len(synonyms[term]) + 1) for term in terms[:MAX_VARIANTS]]
    choices = islice(product(*options), 4096)
    for choice in sorted(choices, key=lambda places: sum(place > 0 for place in places)):
        pieces, end = [], 0
        for one, term, place in zip(found, terms, choice, strict=False):
            pieces += [text[end : one.start()], synonyms[term][place - 1] if place else one.group()]
            end = one.end()
        yield "".join([*pieces, text[end:]])
