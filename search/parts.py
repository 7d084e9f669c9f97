"""Things that are found through their parts: a law through its articles, a file through its pages or sheets, a report
through the rows of its tables.

The whole counts and bears the title; the parts say how well their text answers, and where. So that the counts are those
of things, not of parts, the whole is found whenever one of its parts is: it has their text as `inner`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from search.documents import MAX_INNER, SearchDocument
from search.text import fold
from search.understanding import articles_in

PART = "part"
"""A facet of what parts a thing has that questions name: asked for, never offered. 第十二条 of a law is one of them."""

MAX_PARTS = 3_000
"""So many parts of a thing are found for themselves: every page that is read of a file, more articles than any law has.
What comes after them is found in the whole."""

MAX_ROWS = 1_000
"""So many rows of a report: one table as large as tables become. A thousand rows of a hundred characters take a second
to index and 4 MB on disk; a batch is a hundred reports."""

PAGE, SHEET, ROW = "page=", "sheet=", "cell-"
"""What the names of pages, sheets and rows begin with: a number follows, of a row its place among the answers."""

WORKBOOKS = frozenset({"xlsx", "xlsm", "xls", "ods", "et"})
LONGEST_LABEL = 60


@dataclass(frozen=True)
class Part:
    """One part of a thing."""

    name: str
    """Its own name among the parts of the thing, and the anchor in its address."""
    label: str
    body: str
    context: str = ""
    is_cited: bool = False
    """Whether questions name it by its label, as 第十二条."""


def with_parts(whole: SearchDocument, parts: Iterable[Part], most: int = MAX_PARTS) -> Iterator[SearchDocument]:
    """The thing, and its parts; a thing without parts is ranked by its own text.

    `whole.body` is what no part holds. No part holds text that the whole is not found by; `most` parts there are.
    """
    found = list(parts)
    texts = list(_texts(found))
    cited = [(_as_asked(part.label),) if part.is_cited else () for part in found]
    yield replace(
        whole, inner="\n".join(texts), facets={**whole.facets, PART: tuple(dict.fromkeys(chain.from_iterable(cited)))}
    )
    ends = accumulate(len(text) + 1 for text in texts)
    for part, labels, end in zip(found[:most], cited, ends, strict=False):
        if end - 1 > MAX_INNER:
            return
        yield replace(
            whole,
            part=part.name,
            label=part.label,
            url=f"{whole.url}#{part.name}",
            context=part.context,
            body=part.body,
            inner="",
            facets={**whole.facets, PART: labels},
            extra=(),
            numbers=(),
        )


def parts_of_file(name: str, text: str) -> list[Part]:
    """The pages of a PDF file, the sheets of a workbook: of a text with page breaks between them.

    None where there is only one, and of other files.
    """
    _, _, kind = name.lower().rpartition(".")
    if kind == "pdf":
        return list(_pages(text))
    return list(_sheets(text)) if kind in WORKBOOKS else []


def _pages(text: str) -> Iterator[Part]:
    for number, page in _several(text):
        if page.strip():
            yield Part(f"{PAGE}{number}", str(number), page)


def _sheets(text: str) -> Iterator[Part]:
    """A sheet's first line is its name; one with nothing below it holds nothing."""
    for number, sheet in _several(text):
        name, _, cells = sheet.partition("\n")
        if cells.strip():
            yield Part(f"{SHEET}{number}", name[:LONGEST_LABEL], cells, name)


def _several(text: str) -> Iterable[tuple[int, str]]:
    found = text.split("\f")
    return enumerate(found, 1) if len(found) > 1 else ()


def _as_asked(label: str) -> str:
    """The label as questions name it, however the thing writes it: 第十二條 and 第12条 are asked for as 第十二条."""
    labels, _rest = articles_in(fold(label))
    return labels[0] if labels else label


def _texts(parts: Iterable[Part]) -> Iterator[str]:
    """Each part as it stands; what several stand under comes once, with the first of them."""
    above = ""
    for part in parts:
        if part.context != above:
            above = part.context
            yield f"{above}\n{part.body}"
        else:
            yield part.body
