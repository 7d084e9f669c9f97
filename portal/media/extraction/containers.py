"""What a file is, by its content. Names lie."""

import zipfile
from pathlib import Path

from portal.media.extraction.limits import MAX_ENTRIES, MAX_UNPACKED_BYTES
from portal.media.extraction.result import Fault, FaultyFileError

HEAD = 8192
"""Bytes that tell what a file is."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx", "OFD.xml": "ofd"}


def format_of(path: Path) -> str:
    """docx, xlsx, pptx, ofd, zip, pdf, ole, text or "" (something else)."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLE):
        return "ole"
    return "text" if looks_like_text(head) else ""


def looks_like_text(head: bytes) -> bool:
    """Whether the beginning of a file reads as text in any encoding that is read here."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in head


def is_encrypted_office(path: Path) -> bool:
    """Whether an OLE container holds a password-protected DOCX or XLSX."""
    with path.open("rb") as file:
        return "EncryptedPackage".encode("utf-16-le") in file.read()


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
                raise FaultyFileError(Fault.TOO_LARGE)
            names = {entry.filename for entry in entries}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FaultyFileError(Fault.UNREADABLE) from error
    return next((name for part, name in _PARTS.items() if part in names), "zip")
