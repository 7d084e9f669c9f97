"""From a file to a :class:`SourceDocument`: size first, then what the content really is, then its reader."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Protocol

from portal.files.content import Content, content_of
from portal.programmes.plan_import.document import SourceDocument
from portal.programmes.plan_import.docx_reader import read_docx
from portal.programmes.plan_import.errors import MAX_MEGABYTES, Fault, PlanFileError
from portal.programmes.plan_import.txt_reader import read_txt

MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
MAX_UNPACKED_BYTES = 120 * 1024 * 1024
MAX_MEMBERS = 5000
MAX_XML_BYTES = 40 * 1024 * 1024

MARKUP = (b"<html", b"<!doctype html", b"<?xml")
"""Text that is not meant to be read as it stands."""


class BinaryFile(Protocol):
    """What is asked of an open file: an upload, a stream, a file on disk."""

    @property
    def read(self) -> Any:
        """Read at most so many bytes."""

    @property
    def seek(self) -> Any:
        """Go to a place and return it."""

    def seekable(self) -> bool:
        """Tell whether :attr:`seek` works."""


def read_document(source: str | os.PathLike[str] | BinaryFile, name: str = "") -> SourceDocument:
    """Return the plan in ``source``, a path or a binary file; ``name`` is only for showing.

    The type is told from the content, never from the extension. Raises :class:`PlanFileError` with a sentence for
    the person who chose the file; a file over 20 MB is refused before it is read.
    """
    data = _read(source)
    shown = name or (Path(source).name if isinstance(source, str | os.PathLike) else "")
    if not data.strip():
        raise PlanFileError(Fault.EMPTY)
    content = content_of(data)
    if content.kind == "ole":
        raise PlanFileError(_fault_of_ole(data))
    if content.kind == "pdf":
        raise PlanFileError(Fault.PDF)
    if content.kind == "damaged":
        raise PlanFileError(Fault.CORRUPT)
    if content.entries:
        _check_package(content)
        document = read_docx(data, shown)
    elif content.kind not in ("text", "") or data[:512].lstrip().lower().startswith(MARKUP):
        raise PlanFileError(Fault.WRONG_TYPE)
    else:
        document = read_txt(data, shown)
    if not document.text.strip():
        raise PlanFileError(Fault.EMPTY)
    return document


def _read(source: str | os.PathLike[str] | BinaryFile) -> bytes:
    """Return the bytes of ``source`` unless there are too many of them."""
    if isinstance(source, str | os.PathLike):
        try:
            if os.stat(source).st_size > MAX_BYTES:
                raise PlanFileError(Fault.TOO_LARGE)
            return Path(source).read_bytes()
        except OSError as error:
            raise PlanFileError(Fault.MISSING) from error
    size = getattr(source, "size", None)
    if isinstance(size, int) and size > MAX_BYTES:
        raise PlanFileError(Fault.TOO_LARGE)
    if source.seekable():
        size = source.seek(0, os.SEEK_END)
        source.seek(0)
        if size > MAX_BYTES:
            raise PlanFileError(Fault.TOO_LARGE)
    data: bytes = source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise PlanFileError(Fault.TOO_LARGE)
    return data


def _fault_of_ole(data: bytes) -> Fault:
    """Tell an encrypted OOXML file from an old Word file: both are OLE containers (MS-CFB, MS-OFFCRYPTO 2.3)."""
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        return Fault.ENCRYPTED
    if "WordDocument".encode("utf-16-le") in data:
        return Fault.OLD_WORD
    if "Workbook".encode("utf-16-le") in data:
        return Fault.SPREADSHEET
    return Fault.WRONG_TYPE


def _check_package(content: Content) -> None:
    """Raise unless the archive is of sensible size and holds a Word document."""
    entries = content.entries
    if any(entry.flag_bits & 1 for entry in entries):
        raise PlanFileError(Fault.ENCRYPTED)
    xml = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
    if (
        len(entries) > MAX_MEMBERS
        or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES
        or any(entry.file_size > MAX_XML_BYTES for entry in xml)
    ):
        raise PlanFileError(Fault.BOMB)
    if content.kind == "xlsx":
        raise PlanFileError(Fault.SPREADSHEET)
    names = {entry.filename for entry in entries}
    if "word/document.xml" not in names:
        office = "[Content_Types].xml" in names
        raise PlanFileError(Fault.CORRUPT if office and content.kind != "pptx" else Fault.WRONG_TYPE)
