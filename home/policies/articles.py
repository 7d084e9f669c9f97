"""The parts of a statute: 编 章 节 条 款 项, found in its lines. Nothing here knows pages or the database.

| part | begins with                       | anchor       | cited as              |
|------|-----------------------------------|--------------|-----------------------|
| 章   | a heading                         | part-3       |                       |
| 条   | 第十二条, 第十二条之一               | art-12, art-12-1 | 第十二条            |
| 款   | a paragraph of an article          | art-12-k2    | 第十二条第二款          |
| 项   | （三） inside a paragraph           | art-12-k2-x3 | 第十二条第二款第三项     |

Texts in traditional characters (編 節 條 項) are read alike, with the same anchors, and are cited as they are written.

立法技术规范（试行）（一） (全国人大常委会法制工作委员会, 2009) names the parts; paragraphs have no number of their own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from portal.files.numerals import WRITTEN, chinese, number_of

_NUMBER = f"[{WRITTEN}0-9]+"
_ARTICLE = re.compile(rf"\s*(第\s*({_NUMBER})\s*[条條](?:之({_NUMBER}))?)(\s|$|[：:]|(?=[【〔（(]))?")
_DIVISION = re.compile(rf"\s*第\s*{_NUMBER}\s*(分[编編]|[编編]|部分|篇|章|[节節])")
_TRADITIONAL = "條"
_STATE = re.compile("^(?:中华人民共和国|中華人民共和國)")
_ITEM = re.compile(rf"\s*[（(]\s*([{WRITTEN}]+|[0-9]{{1,2}})\s*[）)]")
RANKS = {"编": 1, "編": 1, "篇": 1, "部分": 1, "分编": 2, "分編": 2, "章": 3, "节": 4, "節": 4}
"""How deep a division lies; a heading that is none of them lies as deep as 章 or 节, by its level."""


@dataclass(frozen=True)
class Line:
    """A paragraph, a heading (`level` 2 or 3) or, with `is_block`, something else that belongs to what is before it."""

    text: str
    html: str = ""
    level: int = 0
    is_block: bool = False


@dataclass(frozen=True)
class Part:
    """A paragraph or an item of an article."""

    line: Line
    anchor: str = ""
    words: str = ""
    """What stands after the article's name in a citation; empty for the whole article."""


@dataclass(frozen=True)
class Article:
    """One article."""

    label: str
    anchor: str
    path: tuple[str, ...]
    """The divisions it stands in, from the outside."""
    parts: tuple[Part, ...] = ()

    def context(self, title: str) -> str:
        """What the search knows it by beside its own words: whose article it is, and the headings above it."""
        return " ".join((short_title(title), *self.path))

    @property
    def text(self) -> str:
        """Its words, without its number."""
        first, *rest = (part.line.text for part in self.parts)
        return "\n".join([unlabelled(first), *rest]).strip()


@dataclass(frozen=True)
class Division:
    """A heading, and which articles follow below it before the next one of its kind."""

    title: str
    rank: int
    anchor: str
    first: str = ""
    last: str = ""

    @property
    def span(self) -> str:
        """第一条—第七条."""
        return self.first if self.first == self.last else f"{self.first}—{self.last}"


Node = Division | Article | Line


@dataclass
class _Open:
    """An article that is being read."""

    label: str
    anchor: str
    path: tuple[str, ...]
    anchors: "_Anchors"
    parts: list[Part] = field(default_factory=list)
    paragraphs: int = 0

    def add(self, line: Line) -> None:
        """The next paragraph, item or other thing."""
        if line.is_block:
            self.parts.append(Part(line))
            return
        item = _ITEM.match(line.text)
        number = _value(item[1]) if item else None
        if number is not None and self.paragraphs:
            item_word = "項" if _TRADITIONAL in self.label else "项"
            words = f"第{chinese(self.paragraphs)}款第{chinese(number)}{item_word}"
            anchor = f"{self.anchor}-k{self.paragraphs}-x{number}"
        else:
            self.paragraphs += 1
            words, anchor = f"第{chinese(self.paragraphs)}款", f"{self.anchor}-k{self.paragraphs}"
        self.parts.append(Part(line, self.anchors.take(anchor), words))

    def closed(self) -> Article:
        """As it stands in the text. An article of one paragraph is cited without saying so."""
        parts = self.parts
        if self.paragraphs == 1:
            parts = [Part(one.line, one.anchor, one.words.removeprefix("第一款")) for one in parts]
        return Article(self.label, self.anchor, self.path, tuple(parts))


class _Anchors:
    """Names within one page; what comes twice (a second document in the annex) gets a number behind it."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def take(self, wanted: str) -> str:
        anchor, again = wanted, 2
        while anchor in self._used:
            anchor, again = f"{wanted}.{again}", again + 1
        self._used.add(anchor)
        return anchor


def structure(lines: Iterable[Line]) -> tuple[Node, ...]:
    """The divisions and articles of a text in its order; what is none of them stays a line."""
    return tuple(_spans(list(_nodes(lines))))


def short_title(title: str) -> str:
    """As people say it: 中华人民共和国慈善法 is 慈善法. The state's name stands in most titles and tells none apart."""
    return _STATE.sub("", title.strip().removeprefix("《").removesuffix("》")) or title


def unlabelled(text: str) -> str:
    """The first line of an article without its number."""
    return _ARTICLE.sub("", text, count=1).strip() if _ARTICLE.match(text) else text


def outside_articles(nodes: Iterable[Node]) -> list[str]:
    """Text that belongs to no article: what stands before the first one, annexes."""
    return [node.text for node in nodes if isinstance(node, Line)]


def articles_of(nodes: Iterable[Node]) -> list[Article]:
    """The articles alone."""
    return [node for node in nodes if isinstance(node, Article)]


def citation(title: str, article: Article, part: Part | None = None) -> str:
    """《中华人民共和国慈善法》第二条第一款. A title that has its own marks keeps them."""
    named = title if title.startswith("《") else f"《{title}》"
    return f"{named}{article.label}{part.words if part else ''}"


def _nodes(lines: Iterable[Line]) -> Iterator[Node]:
    anchors, open_ones, divisions = _Anchors(), list[_Open](), 0
    path: list[tuple[int, str]] = []
    last = 0
    for line in lines:
        if line.level:
            yield from _close(open_ones)
            divisions += 1
            rank = _rank(line)
            path = [*((deep, title) for deep, title in path if deep < rank), (rank, line.text)]
            yield Division(line.text, rank, anchors.take(f"part-{divisions}"))
            continue
        begun = None if line.is_block else _begun(line.text, last)
        if begun is not None:
            yield from _close(open_ones)
            label, number, sub = begun
            last = number
            anchor = anchors.take(f"art-{number}-{sub}" if sub else f"art-{number}")
            open_ones.append(_Open(label, anchor, tuple(title for _deep, title in path), anchors))
        if open_ones:
            open_ones[-1].add(line)
        else:
            yield line
    yield from _close(open_ones)


def _close(open_ones: list[_Open]) -> Iterator[Node]:
    if open_ones:
        yield open_ones.pop().closed()


def _begun(text: str, last: int) -> tuple[str, int, int] | None:
    """Label, number and 之 of the article that a line begins.

    第三条规定的… in a running text begins none: without a space after it, only the next number in turn does.
    """
    found = _ARTICLE.match(text)
    number = _value(found[2]) if found else None
    if found is None or number is None or (found[4] is None and number != last + 1):
        return None
    label = "".join(found[1].split())
    return label, number, (_value(found[3]) or 0) if found[3] else 0


def _value(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() else number_of(written)


def _rank(line: Line) -> int:
    found = _DIVISION.match(line.text)
    return RANKS[found[1]] if found else line.level + 1


def _spans(nodes: Sequence[Node]) -> Iterator[Node]:
    """The same, each division with the first and the last article below it."""
    for place, node in enumerate(nodes):
        if not isinstance(node, Division):
            yield node
            continue
        first = last = ""
        for below in nodes[place + 1 :]:
            if isinstance(below, Division) and below.rank <= node.rank:
                break
            if isinstance(below, Article):
                first, last = first or below.label, below.label
        yield Division(node.title, node.rank, node.anchor, first, last)
