"""A policy's body as a statute is read: chapters, articles, paragraphs, each with its anchor and citation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue
from wagtail.rich_text import expand_db_html

from home.policies.articles import RANKS, Article, Division, Line, Node, citation, structure, unlabelled

LEVELS = {"h2": 2, "h3": 3}


@dataclass(frozen=True)
class Passage:
    """A paragraph or an item as the page shows it."""

    html: SafeString
    anchor: str
    citation: str
    is_block: bool
    label: str = ""
    """The article's number, before its first paragraph."""


@dataclass(frozen=True)
class Section:
    """A division, an article, or what is neither; `kind` says which."""

    kind: str
    anchor: str = ""
    title: str = ""
    rank: int = 0
    citation: str = ""
    passages: tuple[Passage, ...] = ()

    @property
    def depth(self) -> int:
        """Level of a division's heading: the page's title is the level above."""
        return 2 if self.rank <= RANKS["章"] else 3


@dataclass(frozen=True)
class Contents:
    """An entry of the table of contents."""

    title: str
    anchor: str
    rank: int
    span: str = ""


@dataclass(frozen=True)
class Statute:
    """What the page shows."""

    sections: tuple[Section, ...]
    contents: tuple[Contents, ...]

    @property
    def has_divisions(self) -> bool:
        """Whether the contents name chapters, not single articles."""
        return any(entry.rank for entry in self.contents)


def lines_of(body: StreamValue) -> Iterator[Line]:
    """The body a line at a time."""
    for block in body:
        if block.block_type == "heading":
            yield Line(str(block.value["text"]), level=LEVELS.get(block.value["level"], 2))
        elif block.block_type == "paragraph":
            yield from _paragraphs(block.value.source)
        else:
            words = " ".join(str(one) for one in block.block.get_searchable_content(block.value))
            yield Line(words, html=str(block.render()), is_block=True)


def statute_of(title: str, body: StreamValue) -> Statute | None:
    """How the page is read; None where the text has no articles."""
    nodes = structure(lines_of(body))
    if not any(isinstance(node, Article) for node in nodes):
        return None
    return Statute(tuple(_sections(title, nodes)), tuple(_contents(nodes)))


def _paragraphs(source: str) -> Iterator[Line]:
    html = expand_db_html(source) if "linktype=" in source else source
    for element in BeautifulSoup(html, "html.parser").children:
        if isinstance(element, Tag) and element.name == "p":
            yield from _broken(element)
        elif isinstance(element, Tag):
            yield Line(element.get_text(" ", strip=True), html=str(element), is_block=True)
        elif type(element) is NavigableString and element.strip():
            yield Line(str(element).strip(), html=escape(str(element).strip(), quote=False))


def _broken(paragraph: Tag) -> Iterator[Line]:
    """A paragraph; one with forced line breaks is several, as it is in the document it was pasted from."""
    if paragraph.find("br", recursive=False) is None:
        pieces: list[list[Any]] = [list(paragraph.children)]
    else:
        pieces = [[]]
        for child in paragraph.children:
            if isinstance(child, Tag) and child.name == "br":
                pieces.append([])
            else:
                pieces[-1].append(child)
    for piece in pieces:
        html = "".join(str(child) if isinstance(child, Tag) else escape(str(child), quote=False) for child in piece)
        text = " ".join("".join(child.get_text() for child in piece).split())
        if text:
            yield Line(text, html=html.strip())


def _sections(title: str, nodes: Sequence[Node]) -> Iterator[Section]:
    for node in nodes:
        if isinstance(node, Division):
            yield Section("division", node.anchor, node.title, node.rank)
        elif isinstance(node, Article):
            passages = tuple(_passages(title, node))
            yield Section("article", node.anchor, node.label, citation=citation(title, node), passages=passages)
        else:
            shown = Passage(SafeString(node.html), "", "", is_block=node.is_block)
            yield Section("other", passages=(shown,))


def _passages(title: str, article: Article) -> Iterator[Passage]:
    for place, part in enumerate(article.parts):
        html, label = part.line.html, ""
        if place == 0 and (rest := unlabelled(html)) != html:
            # What is inside an element of its own (a bold number) stays as the editor wrote it.
            html, label = rest, article.label
        cited = citation(title, article, part) if part.anchor else ""
        yield Passage(SafeString(html), part.anchor, cited, part.line.is_block, label)


def _contents(nodes: Sequence[Node]) -> Iterator[Contents]:
    divisions = [node for node in nodes if isinstance(node, Division)]
    if divisions:
        yield from (Contents(one.title, one.anchor, one.rank, one.span) for one in divisions)
    else:
        yield from (Contents(one.label, one.anchor, 0) for one in nodes if isinstance(one, Article))
