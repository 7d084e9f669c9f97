"""DOCX: the paragraphs of the body in their order, those in tables and text boxes among them."""

from collections.abc import Iterator
from pathlib import Path

import docx
from docx.oxml.ns import qn

from portal.media.extraction.result import Fault, FaultyFileError

_PARAGRAPH, _TEXT, _TAB, _BREAK = qn("w:p"), qn("w:t"), qn("w:tab"), qn("w:br")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SEPARATORS = {_TAB: "\t", _BREAK: "\n"}


def pages(path: Path) -> Iterator[str]:
    """The whole text, once; a DOCX does not know its pages."""
    try:
        body = docx.Document(str(path)).element.body
    except Exception as error:
        # python-docx raises what its parts raise: KeyError, ValueError, XMLSyntaxError, PackageNotFoundError.
        raise FaultyFileError(Fault.UNREADABLE) from error
    yield "\n".join(filter(None, (_words(paragraph) for paragraph in body.iter(_PARAGRAPH))))


def _words(paragraph: object) -> str:
    """The words of a paragraph itself: text boxes in it are paragraphs of their own, fallbacks repeat them."""
    pieces: list[str] = []

    def walk(element: object) -> None:
        for child in element:  # type: ignore[attr-defined]
            if child.tag in (_PARAGRAPH, _FALLBACK):
                continue
            if child.tag == _TEXT:
                pieces.append(child.text or "")
            elif child.tag in _SEPARATORS:
                pieces.append(_SEPARATORS[child.tag])
            else:
                walk(child)

    if any(parent.tag == _FALLBACK for parent in paragraph.iterancestors()):  # type: ignore[attr-defined]
        return ""
    walk(paragraph)
    return "".join(pieces).strip()
