"""Which reader a file needs, by its content."""

from pathlib import Path

from portal.files.content import Content, content_of
from portal.media.extraction.limits import MAX_ENTRIES, MAX_UNPACKED_BYTES
from portal.media.extraction.result import Fault, FaultyFileError

PDF_SOMEWHERE = 1024
"""Readers of PDF take one whose mark stands anywhere in so many bytes (ISO 32000-1, annex H)."""

ODS = "application/vnd.oasis.opendocument.spreadsheet"
"""What such an archive calls itself in its first entry (OpenDocument 1.3, part 2, 3.3)."""

WORKBOOK_STREAMS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
"""[MS-XLS] 2.1.2; and the name of before 1997."""


def format_of(path: Path) -> str:
    """docx, xlsx, xls, ods, pptx, ofd, zip, pdf, ole, text or "" (something else)."""
    with path.open("rb") as file:
        found = content_of(file)
        head = file.read(PDF_SOMEWHERE)
    if found.entries or found.kind == "damaged":
        return _archive(found)
    if b"%PDF-" in head:
        return "pdf"
    if found.kind == "ole":
        return _office_of_before_2007(path)
    if found.kind == "text":
        return found.kind
    # Text in an encoding that nobody recognises: the reader tries it, and says that it cannot be read.
    return "text" if not found.kind and b"\0" not in head else ""


def _office_of_before_2007(path: Path) -> str:
    """What an OLE container holds, by the names of its streams: a workbook, or something that is not read.

    A password-protected DOCX or XLSX raises FaultyFileError.
    """
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FaultyFileError(Fault.ENCRYPTED)
    return "xls" if any(name in content for name in WORKBOOK_STREAMS) else "ole"


def _archive(found: Content) -> str:
    if found.kind == "damaged":
        raise FaultyFileError(Fault.UNREADABLE)
    if len(found.entries) > MAX_ENTRIES or sum(entry.file_size for entry in found.entries) > MAX_UNPACKED_BYTES:
        raise FaultyFileError(Fault.TOO_LARGE)
    return "ods" if found.mime == ODS else found.kind
