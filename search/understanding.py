"""What a typed question asks for: words, phrases in quotes, document numbers; what must not be there; alternatives.

`-词` and `-"一句话"` leave out, `A OR B` and `A|B` are alternatives, quotes keep words together. All else is words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from portal.files.numerals import WRITTEN, chinese, number_of
from search.numbers import DocumentNumber, numbers_in
from search.text import RUN, fold, is_han, words
from search.wording import PLAIN, Wording

MAX_TEXT = 300
"""Characters of a question that are read."""

_TERM = re.compile(
    r"(?P<minus>(?<!\S)[-\u2212\uff0d])?"
    '(?:"(?P<a>[^"]*)"|\u201c(?P<b>[^\u201d]*)\u201d|「(?P<c>[^」]*)」|『(?P<d>[^』]*)』|(?P<word>[^\\s"\u201c「『|]+))'
    '|(?P<sign>[|"\u201c「『])'
)
_ARTICLE = re.compile(rf"第\s*(?P<number>[{WRITTEN}0-9]{{1,12}})\s*条(?:之(?P<behind>[{WRITTEN}0-9]{{1,6}}))?")
_OR = frozenset({"OR", "|"})

Unit = tuple[str, ...]
"""Tokens that must stand beside one another."""


@dataclass(frozen=True)
class Understood:
    """A question taken apart."""

    phrases: tuple[Unit, ...] = ()
    """Every one of them must be there."""
    numbers: tuple[DocumentNumber, ...] = ()
    """Every one of them must be the document's own or be cited by it."""
    units: tuple[Unit, ...] = ()
    """Pairs of Chinese characters and other words, each once; `needed` says how many of them must be there."""
    runs: tuple[str, ...] = ()
    """The text of the units: uninterrupted Chinese text, or one other word, each once."""
    alternatives: tuple[tuple[Unit, ...], ...] = ()
    """Of each group one must be there."""
    excluded: tuple[Unit, ...] = ()
    """None of them may be there."""
    articles: tuple[str, ...] = ()
    """Articles of a regulation that are named, as they are written in regulations: 第十二条."""
    only_articles: bool = False
    """No other words are asked for: what has such an article answers, whether its text says the number or not."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for; what is left out is no question by itself."""
        return not (self.phrases or self.numbers or self.units or self.alternatives)

    @property
    def wanted(self) -> tuple[Unit, ...]:
        """Every row of tokens that is worth marking."""
        return (
            *self.phrases,
            *(option for group in self.alternatives for option in group),
            *(phrase for number in self.numbers for phrase in number.phrases),
            *self.units,
        )


def needed(units: int) -> int:
    """How many of so many units a document must have to be found at all.

    Two words are both meant; of a few a quarter must be there, of a question in somebody's own words one: no regulation
    has most of them, and the order says the rest. Measured by `evaluate_search` on questions and keywords: each step
    stricter loses what was looked for. `most` tells which results have what was typed.
    """
    if units <= PAIR:
        return units
    return max(1, units // 4) if units <= MANY else 1


def most(units: int) -> int:
    """How many of so many units a document has that answers the question as it was typed: all of three, else 3 of 4."""
    return units if units <= FEW else units * 3 // 4


PAIR, FEW, MANY = 2, 3, 8


@dataclass(frozen=True)
class _Term:
    text: str
    is_quoted: bool
    is_excluded: bool

    @property
    def tokens(self) -> Unit:
        return tuple(words(self.text))


def has_signs(text: str) -> bool:
    """Whether quotes, a minus or OR say how words are meant."""
    return any(term.is_quoted or term.is_excluded or _joins(term) for term in _terms(text[:MAX_TEXT]))


def understand(text: str) -> Understood:
    """Take a question apart. Any text is a question: an operator that stands alone is none."""
    return understand_all(text)[0]


def understand_all(text: str, wording: Wording = PLAIN) -> tuple[Understood, ...]:
    """Take a question apart: as it was typed, without stop phrases, and then in other words for the same.

    Only words are replaced: what stands in quotes, beside OR or behind a minus, and numbers, are meant as they are.
    """
    terms = list(_terms(text[:MAX_TEXT]))
    alternatives, terms = _alternatives(terms)
    rest = fold(" ".join(term.text for term in terms if not (term.is_quoted or term.is_excluded)))
    numbers = numbers_in(rest)
    for number in numbers:
        rest = rest.replace(number.text, " ")
    articles, others = articles_in(rest)
    only_articles = bool(articles) and others == rest
    rest = " ".join(articles) if only_articles else others
    quoted = [term.tokens for term in terms if term.is_quoted and not term.is_excluded]
    base = Understood(
        phrases=_each(quoted),
        numbers=tuple(numbers),
        alternatives=alternatives,
        excluded=_each([term.tokens for term in terms if term.is_excluded]),
        articles=articles,
        only_articles=only_articles,
    )
    without = wording.without_stops(rest)
    if without != rest and not (_with_words(base, without).is_empty):
        rest = without
    return tuple(dict.fromkeys(_with_words(base, variant) for variant in wording.variants(rest)))


def _with_words(base: Understood, text: str) -> Understood:
    """The question with the words of a folded text."""
    units: list[Unit] = []
    runs: list[str] = []
    lone: list[Unit] = []
    for run in _runs(text):
        if not is_han(run):
            units.append((run,))
        elif len(run) > 1:
            units.extend(pairwise(run))
        else:
            lone.append((run,))
            continue
        runs.append(run)
    # A single character says something only where nothing else is said.
    phrases = base.phrases if units or base.numbers or base.phrases else _each(lone)
    return replace(base, phrases=phrases, units=_each(units), runs=tuple(dict.fromkeys(runs)))


def articles_in(text: str) -> tuple[tuple[str, ...], str]:
    """The articles that are named in a text, and the text without them; where nothing else is asked, it stays.

    第12条, 第十二条, 第一百二十条之一 are articles; their numbers come back as regulations write them.
    """
    labels = []
    for found in _ARTICLE.finditer(text):
        number, behind = _number(found["number"]), _number(found["behind"] or "")
        if number is not None:
            labels.append(f"第{chinese(number)}条" + (f"之{chinese(behind)}" if behind else ""))
    rest = _ARTICLE.sub(" ", text)
    return tuple(dict.fromkeys(labels)), rest if labels and RUN.search(rest) else text


def _number(written: str) -> int | None:
    return int(written) if written.isdecimal() else number_of(written)


def _terms(text: str) -> Iterator[_Term]:
    for found in _TERM.finditer(text):
        if found["sign"]:
            if found["sign"] == "|":
                yield _Term("|", is_quoted=False, is_excluded=False)
            continue
        quoted = next((found[name] for name in "abcd" if found[name] is not None), None)
        yield _Term(
            found["word"] if quoted is None else quoted,
            is_quoted=quoted is not None,
            is_excluded=found["minus"] is not None,
        )


def _alternatives(terms: list[_Term]) -> tuple[tuple[tuple[Unit, ...], ...], list[_Term]]:
    """The groups joined by OR, and what is left; an OR without a word on both sides is a word like any other."""
    groups: list[tuple[Unit, ...]] = []
    rest: list[_Term] = []
    place = 0
    while place < len(terms):
        options = [terms[place].tokens]
        end = place + 1
        while end + 1 < len(terms) and _joins(terms[end]) and not _joins(terms[end + 1]):
            options.append(terms[end + 1].tokens)
            end += 2
        group = _each(options)
        if len(options) > 1 and group and not (_joins(terms[place]) or terms[place].is_excluded):
            groups.append(group)
        else:
            rest += [term for term in terms[place:end] if not (term.text == "|" and not term.is_quoted)]
        place = end
    return tuple(dict.fromkeys(groups)), rest


def _joins(term: _Term) -> bool:
    return term.text in _OR and not (term.is_quoted or term.is_excluded)


def _each(units: list[Unit]) -> tuple[Unit, ...]:
    return tuple(dict.fromkeys(unit for unit in units if unit))


def _runs(text: str) -> list[str]:
    """Uninterrupted Chinese text, and other words.

    A single Chinese character that touches a word (the 号 of 14号) is left out: it says nothing alone, and the word
    beside it is asked for anyway.
    """
    found = list(RUN.finditer(text))
    starts, ends = {run.start() for run in found}, {run.end() for run in found}
    return [
        run.group()
        for run in found
        if len(run.group()) > 1 or not is_han(run.group()) or (run.start() not in ends and run.end() not in starts)
    ]
