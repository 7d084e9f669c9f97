"""The plan as a tree: sections, actions, tasks, items, told apart by how their numbers are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.programmes.plan_import.document import Block, Paragraph, SourceDocument, Span, Table
from portal.programmes.plan_import.folding import View, fold, view
from portal.programmes.plan_import.markers import Marker, find_marker, inline_markers, ordinal
from portal.programmes.plan_import.section_kinds import BARE_HEADING
from portal.programmes.plan_import.slot_keys import SLOT_AT_START

TITLE_END = re.compile(
    r"[。;:!?]|(?<=[\u4e00-\u9fff])[(\[](?=[^()\[\]]{0,80}(?:单位|部门|牵头|负责|配合|时限|落实|完成|时间))"
)
CLAUSE_END = re.compile(r"[,。;:!?]")
LONG_TITLE = 40
# Low forms of numbers, which may count the slots of a task.
SLOT_STYLES = frozenset(("arabic-paren", "arabic-half", "circled", "decimal-3", "decimal-4", "letter", "letter-paren"))
ROOT_STYLES = ("annex",)


@dataclass(eq=False)
class Node:
    """A numbered item with the text that belongs to it directly and the items under it."""

    marker: Marker | None
    start: int
    """Where the item begins in the document, its number included."""
    pieces: list[View] = field(default_factory=list)
    """Its own text, without the number, in order."""
    tables: list[Table] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    inline: bool = False

    @property
    def style(self) -> str:
        """Return the printed form of the number, "" for the root."""
        return self.marker.style if self.marker else ""

    @property
    def title_view(self) -> tuple[View, int, int] | None:
        """Return the view that holds the title and the title's place in it."""
        if not self.pieces:
            return None
        first = self.pieces[0]
        start, end = title_bounds(first)
        return first, start, end

    @property
    def title(self) -> str:
        """Return the title as printed, without white space."""
        found = self.title_view
        return found[0].plain[found[1] : found[2]] if found else ""

    @property
    def title_key(self) -> str:
        """Return the folded title."""
        found = self.title_view
        return found[0].key[found[1] : found[2]] if found else ""

    def walk(self) -> Iterator[Node]:
        """Yield the node and everything under it in reading order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def all_pieces(self) -> Iterator[View]:
        """Yield the text of the node and of everything under it."""
        for node in self.walk():
            yield from node.pieces

    @property
    def span(self) -> Span:
        """Return the span from the number to the end of the last piece."""
        end = max((piece.offsets[-1] for piece in self.all_pieces()), default=self.start)
        return Span(self.start, max(end, self.start))


def title_bounds(piece: View) -> tuple[int, int]:
    """Return where the title stands in the first piece of an item: up to its first stop or its slots."""
    key = piece.key
    start = 0
    if key[:1] in "([" and (close := _closing(key)) and close <= LONG_TITLE:
        rest = key[close + 1 : close + 2]
        if rest and rest not in "。;:":  # "（摸底排查）组织…": the words in brackets are the title
            return 1, close
    found = TITLE_END.search(key)
    end = found.start() if found else len(key)
    if found and not end:
        end = len(key)
    if end > LONG_TITLE and (clause := CLAUSE_END.search(key, 4)) and clause.start() < end:
        end = clause.start()
    return start, end


def build_outline(document: SourceDocument) -> Node:
    """Return the root of the document's outline; text before the first number hangs on the root itself."""
    root = Node(None, 0)
    stack = [root]
    for block in document.blocks:
        if isinstance(block, Table):
            stack[-1].tables.append(block)
        else:
            _place(document.text, block, stack)
    return root


def _place(text: str, block: Block, stack: list[Node]) -> None:
    if not isinstance(block, Paragraph):
        return
    span = block.span
    folded = fold(text[span.start : span.end])
    marker = find_marker(folded)
    if marker is not None and _numbers_a_slot(marker, folded[marker.end :]):
        marker = None
    counting = {n.style: number for n in stack if n.marker and (number := ordinal(n.marker.printed))}
    items = [
        (at, item)
        for at, item in inline_markers(folded, counting)
        if not _numbers_a_slot(item, folded[item.end :][:40])
    ]
    if marker is None:
        marker = _unnumbered_heading(folded, block)
    first_end = items[0][0] if items else len(folded)
    if marker is not None:
        node = _open(stack, marker, span.start)
        head = Span(span.start + marker.end, span.start + max(first_end, marker.end))
    else:
        node = stack[-1]
        head = Span(span.start, span.start + first_end)
    if text[head.start : head.end].strip():
        node.pieces.append(view(text, head))
    for index, (position, item) in enumerate(items):
        end = items[index + 1][0] if index + 1 < len(items) else len(folded)
        child = _open(stack, item, span.start + position)
        child.inline = True
        child.pieces.append(view(text, Span(span.start + item.end, span.start + end)))


def _open(stack: list[Node], marker: Marker, start: int) -> Node:
    """Start a node: a form already open closes everything below it, a new form goes one level deeper."""
    if marker.style in ROOT_STYLES:
        del stack[1:]
    else:
        for depth in range(len(stack) - 1, 0, -1):
            if stack[depth].style == marker.style:
                del stack[depth:]
                break
        else:
            while len(stack) > 1 and _outranks(marker.style, stack[-1].style):
                stack.pop()
    node = Node(marker, start, parent=stack[-1])
    stack[-1].children.append(node)
    stack.append(node)
    return node


# Forms that, whatever came before, never stand below the forms listed for them.
RANKS = {
    style: rank
    for rank, styles in enumerate(
        (
            ("part", "chapter"),
            ("section", "heading-0"),
            ("heading-1", "bare", "cn"),
            ("heading-2", "article"),
            ("heading-3", "cn-paren"),
            ("decimal-2", "arabic"),
            ("decimal-3",),
            ("decimal-4", "arabic-paren"),
            ("circled", "is"),
        )
    )
    for style in styles
}


def _numbers_a_slot(marker: Marker, rest: str) -> bool:
    """Tell whether a number merely counts a task's slots: "（2）责任单位：市水务局", "（3）完成时限：6月底前"."""
    slot = SLOT_AT_START.match(rest.lstrip())
    if slot is None:
        return False
    low = marker.style in SLOT_STYLES or marker.style.startswith("bullet")
    return low or (marker.style in ("arabic", "cn-paren") and "单位" in slot[0])


def _outranks(style: str, open_style: str) -> bool:
    """Tell whether ``style`` must close an open ``open_style``, being of a higher rank in official documents."""
    if style not in RANKS or open_style not in RANKS or open_style == "annex":
        return False
    return RANKS[style] < RANKS[open_style]


def _unnumbered_heading(folded: str, block: Paragraph) -> Marker | None:
    """Return a marker for a heading without a number: by Word's outline level or by its words (重点任务)."""
    stripped = folded.strip()
    lead = len(folded) - len(folded.lstrip())
    if block.heading is not None and len(stripped) <= LONG_TITLE and not stripped.endswith("。"):
        return Marker(f"heading-{block.heading}", "", lead)
    if BARE_HEADING.match(stripped):
        return Marker("bare", "", lead)
    return None


def _closing(key: str) -> int | None:
    """Return where the bracket that opens ``key`` closes."""
    depth = 0
    for index, char in enumerate(key[: LONG_TITLE + 2]):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
            if not depth:
                return index
    return None
