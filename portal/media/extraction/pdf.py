"""PDF, page by page, with PDFium."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from portal.media.extraction.limits import MAX_PAGES
from portal.media.extraction.result import Fault, FaultyFileError

_PASSWORD_ERROR = 4
"""FPDF_ERR_PASSWORD of PDFium's fpdfview.h."""


def pages(path: Path) -> Iterator[str]:
    """The text of each page; an empty one is a page too."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower()
        raise FaultyFileError(Fault.ENCRYPTED if encrypted else Fault.UNREADABLE) from error
    try:
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            text = page.get_textpage()
            # PDFium writes U+FFFE where a word was hyphenated at the end of a line.
            yield text.get_text_range().replace("\ufffe", "").replace("\r\n", "\n")
            text.close()
            page.close()
    except pypdfium2.PdfiumError as error:
        raise FaultyFileError(Fault.UNREADABLE) from error
    finally:
        document.close()
