"""The text of a Word paragraph as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# Elements whose content is not part of the running text.
SKIPPED = frozenset(
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "pPr",
        "rPr",
        "drawing",
        "pict",
        "object",
        "txbxContent",
        "rt",
        "footnoteReference",
        "endnoteReference",
        "footnoteRef",
        "endnoteRef",
        "annotationRef",
        "commentReference",
        "sdtPr",
        "sdtEndPr",
        "fldData",
    )
) | {f"{MC}AlternateContent"}
CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
    f"{W}ptab": "\t",
}


def element_text(element: Any) -> str:
    """Return the visible text under ``element``: insertions kept; deletions, notes, boxes, hidden runs left out."""
    parts: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        if node.tag in SKIPPED or not isinstance(node.tag, str):
            continue
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag in CHARACTERS:
            if not (node.tag == f"{W}tab" and node.getparent().tag == f"{W}tabs"):
                parts.append(CHARACTERS[node.tag])
        elif node.tag == f"{W}sym":
            parts.append(_symbol(node))
        elif not (node.tag == f"{W}r" and _is_hidden(node)) and not _is_placeholder(node):
            stack.extend(reversed(node))
    return "".join(parts)


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """Yield the contents of the text boxes anchored in ``paragraph``; of the two forms Word keeps, the newer one."""
    stack = [paragraph]
    while stack:
        node = stack.pop()
        if node.tag == f"{W}txbxContent":
            yield node
        elif node.tag == f"{MC}AlternateContent" and (choice := node.find(f"{MC}Choice")) is not None:
            stack.append(choice)
        elif node.tag not in (f"{W}del", f"{W}moveFrom", f"{W}pPr"):
            stack.extend(reversed(node))


def is_contents(block: Any) -> bool:
    """Tell whether a content control holds the table of contents (ECMA-376 17.5.2.13)."""
    gallery = block.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val", "") == "Table of Contents"


def is_deleted_paragraph(paragraph: Any) -> bool:
    """Tell whether the paragraph's mark is a tracked deletion (ECMA-376 17.13.5.15)."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def is_on(flag: Any) -> bool:
    """Return the value of an on/off property element; a missing value means on."""
    return flag is not None and flag.get(f"{W}val", "1") not in ("0", "false", "off")


def _is_hidden(run: Any) -> bool:
    return is_on(run.find(f"{W}rPr/{W}vanish"))


def _is_placeholder(node: Any) -> bool:
    """Tell whether a content control still shows its prompt (单击此处输入文字)."""
    return node.tag == f"{W}sdt" and is_on(node.find(f"{W}sdtPr/{W}showingPlcHdr"))


def _symbol(node: Any) -> str:
    """Return the character of ``w:sym``; private-use codes of symbol fonts mean nothing as text."""
    try:
        code = int(node.get(f"{W}char", "0"), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xE000 and not 0xD800 <= code < 0xE000 else ""
