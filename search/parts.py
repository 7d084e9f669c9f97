"""Things that are found through their parts: a law through its articles, a file through its pages.

The whole counts and bears the title; the parts say how well their text answers, and where. So that the counts are those
of things, not of parts, the whole is found whenever one of its parts is: it has their text as `inner`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from search.documents import SearchDocument


@dataclass(frozen=True)
class Part:
    """One part of a thing."""

    name: str
    """Its own name among the parts of the thing, and the anchor in its address."""
    label: str
    body: str
    context: str = ""


def with_parts(whole: SearchDocument, parts: Iterable[Part]) -> Iterator[SearchDocument]:
    """The thing, and its parts; a thing without parts is ranked by its own text.

    `whole.body` is what no part holds.
    """
    found = list(parts)
    yield replace(whole, inner="\n".join(_texts(found)))
    for part in found:
        yield replace(
            whole,
            part=part.name,
            label=part.label,
            url=f"{whole.url}#{part.name}",
            context=part.context,
            body=part.body,
            inner="",
            extra=(),
            numbers=(),
        )


def _texts(parts: Iterable[Part]) -> Iterator[str]:
    """Each part as it stands; what several stand under comes once."""
    above = ""
    for part in parts:
        if part.context != above:
            above = part.context
            yield above
        yield part.body
