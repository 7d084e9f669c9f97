"""Reading a file, in this process. What can go wrong comes back as a fault, never as an exception."""

from collections.abc import Callable, Iterator
from pathlib import Path

from portal.media.extraction import docx, pdf, plain, sheets
from portal.media.extraction.containers import format_of
from portal.media.extraction.limits import MAX_CHARACTERS, MAX_FILE_BYTES, MAX_PAGES
from portal.media.extraction.result import Extraction, Fault, FaultyFileError

_READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "pdf": pdf.pages,
    "docx": docx.pages,
    "xlsx": sheets.pages,
    "xls": sheets.pages,
    "ods": sheets.pages,
    "text": plain.pages,
}


def read(path: Path) -> Extraction:
    """The text of a file. What was read before a fault, or before a limit, is kept."""
    kept: list[str] = []
    room = MAX_CHARACTERS
    try:
        for page in _pages(path):
            if len(kept) == MAX_PAGES or room <= 0:
                return Extraction(kept, Fault.TOO_LARGE)
            kept.append(_clean(page)[:room])
            room -= len(kept[-1])
    except FaultyFileError as error:
        return Extraction(kept, error.fault)
    except MemoryError:
        return Extraction([], Fault.TOO_LARGE)
    return Extraction(kept) if any(kept) else Extraction([], Fault.NO_TEXT)


def _pages(path: Path) -> Iterator[str]:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise FaultyFileError(Fault.TOO_LARGE)
    found = format_of(path)
    reader = _READERS.get(found)
    if reader is None:
        raise FaultyFileError(Fault.UNSUPPORTED)
    yield from reader(path)


def _clean(text: str) -> str:
    """Without NUL, which PostgreSQL cannot store, without lone surrogates, and without the sign that parts pages."""
    return text.replace("\0", "").replace("\f", "\n").encode("utf-8", "replace").decode().strip()
