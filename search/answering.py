"""Answering a question as it was put, or as it was probably meant where nothing is found as it was put."""

from dataclasses import dataclass, replace
from math import ceil

from search.engines.base import MAX_WINDOW, EngineUnavailableError, Results
from search.finding import Finding, find
from search.parameters import SIZE, Asked
from search.suggesting.correcting import correction


@dataclass(frozen=True)
class Answer:
    """The question that was answered, and what was found."""

    asked: Asked
    finding: Finding
    instead_of: Asked | None = None
    """The question as it was put, to insist on, where another was answered."""
    meant: Asked | None = None
    """The question that was probably meant, where the one that was put is answered."""


def answer(asked: Asked, tokens: frozenset[str]) -> Answer:
    """Answer a question; EngineUnavailableError when no engine can.

    Where nothing has all that was typed, the question may have been misspelt. It is then asked once more in words that
    are known to whoever has these tokens, and only what finds something is answered instead or offered.
    """
    finding, asked_there = _find(asked, tokens)
    as_put = Answer(asked_there, finding)
    if not asked.text or _has_all(finding.results):
        return as_put
    probable = correction(asked.text, tokens)
    if probable is None:
        return as_put
    better = replace(asked, text=probable.text, exact=False)
    try:
        if finding.results.total or asked.exact or not probable.is_close:
            return replace(as_put, meant=replace(better, page=1)) if _finds(better, tokens) else as_put
        found, better = _find(better, tokens)
    except EngineUnavailableError:
        return as_put
    if not _has_all(found.results):
        return as_put
    return Answer(better, found, instead_of=replace(asked, exact=True, page=1))


def _find(asked: Asked, tokens: frozenset[str]) -> tuple[Finding, Asked]:
    """What is found, and the question with the page it is on: a page too high gives the last."""
    finding = find(asked.query(tokens))
    last = max(1, ceil(min(finding.results.total, MAX_WINDOW) / SIZE))
    if asked.page <= last:
        return finding, asked
    asked = replace(asked, page=last)
    return find(asked.query(tokens)), asked


def _finds(asked: Asked, tokens: frozenset[str]) -> bool:
    """Whether anything has all the words."""
    query = replace(asked.query(tokens), complete=True, facets=(), marked=False, page=1, size=1)
    return find(query).results.total > 0


def _has_all(results: Results) -> bool:
    """Whether anything that was found has all that was typed."""
    return (results.total if results.complete is None else results.complete) > 0
