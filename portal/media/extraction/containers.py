"""Which reader a file needs, by its content."""

from pathlib import Path

from portal.files.content import Content, content_of
from portal.media.extraction.limits import MAX_ENTRIES, MAX_UNPACKED_BYTES
from portal.media.extraction.result import Fault, FaultyFileError

PDF_SOMEWHERE = 1024
"""Readers of PDF take one whose mark stands anywhere in so many bytes (ISO 32000-1, annex H)."""


def format_of(path: Path) -> str:
    """docx, xlsx, pptx, ofd, zip, pdf, ole, text or "" (something else)."""
    with path.open("rb") as file:
        found = content_of(file)
        head = file.read(PDF_SOMEWHERE)
    if found.entries or found.kind == "damaged":
        return _archive(found)
    if b"%PDF-" in head:
        return "pdf"
    if found.kind in ("ole", "text"):
        return found.kind
    # Text in an encoding that nobody recognises: the reader tries it, and says that it cannot be read.
    return "text" if not found.kind and b"\0" not in head else ""


def is_encrypted_office(path: Path) -> bool:
    """Whether an OLE container holds a password-protected DOCX or XLSX."""
    with path.open("rb") as file:
        return "EncryptedPackage".encode("utf-16-le") in file.read()


def _archive(found: Content) -> str:
    if found.kind == "damaged":
        raise FaultyFileError(Fault.UNREADABLE)
    if len(found.entries) > MAX_ENTRIES or sum(entry.file_size for entry in found.entries) > MAX_UNPACKED_BYTES:
        raise FaultyFileError(Fault.TOO_LARGE)
    return found.kind
