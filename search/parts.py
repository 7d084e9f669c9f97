"""Things that are found through their parts: a law through its articles, a file through its pages.

The whole counts and bears the title; the parts say how well their text answers, and where. So that the counts are those
of things, not of parts, the whole is found whenever one of its parts is: it has their text as `inner`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from search.documents import SearchDocument

PART = "part"
"""A facet of what parts a thing has: asked for, never offered. 第十二条 of a law is one of its parts."""


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
    labels = tuple(dict.fromkeys(part.label for part in found))
    yield replace(whole, inner="\n".join(_texts(found)), facets={**whole.facets, PART: labels})
    for part in found:
        yield replace(
            whole,
            part=part.name,
            label=part.label,
            url=f"{whole.url}#{part.name}",
            context=part.context,
            body=part.body,
            inner="",
            facets={**whole.facets, PART: (part.label,)},
            extra=(),
            numbers=(),
        )


def pages(text: str) -> list[Part]:
    """The pages of a file with page breaks between them; none where there is only one."""
    found = text.split("\f")
    if len(found) < 2:
        return []
    return [Part(f"page={number}", str(number), page) for number, page in enumerate(found, 1) if page.strip()]


def _texts(parts: Iterable[Part]) -> Iterator[str]:
    """Each part as it stands; what several stand under comes once."""
    above = ""
    for part in parts:
        if part.context != above:
            above = part.context
            yield above
        yield part.body
