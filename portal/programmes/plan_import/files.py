"""From a file to a :class:`SourceDocument`: size first, then what the content really is, then its reader."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any, Protocol

from portal.programmes.plan_import.document import SourceDocument
from portal.programmes.plan_import.docx_reader import read_docx
from portal.programmes.plan_import.errors import MAX_MEGABYTES, Fault, PlanFileError
from portal.programmes.plan_import.txt_reader import read_txt

MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
MAX_UNPACKED_BYTES = 120 * 1024 * 1024
MAX_MEMBERS = 5000
MAX_XML_BYTES = 40 * 1024 * 1024


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


OLE_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES: tuple[tuple[bytes, Fault], ...] = (
    (b"%PDF", Fault.PDF),
    (b"{\\rtf", Fault.WRONG_TYPE),
    (b"\x89PNG", Fault.WRONG_TYPE),
    (b"\xff\xd8\xff", Fault.WRONG_TYPE),
    (b"GIF8", Fault.WRONG_TYPE),
    (b"7z\xbc\xaf", Fault.WRONG_TYPE),
    (b"Rar!", Fault.WRONG_TYPE),
    (b"\x1f\x8b", Fault.WRONG_TYPE),
    (b"MZ", Fault.WRONG_TYPE),
    (b"\x7fELF", Fault.WRONG_TYPE),
)


def read_document(source: str | os.PathLike[str] | BinaryFile, name: str = "") -> SourceDocument:
    """Return the plan in ``source``, a path or a binary file; ``name`` is only for showing.

    The type is told from the content, never from the extension. Raises :class:`PlanFileError` with a sentence for
    the person who chose the file; a file over 20 MB is refused before it is read.
    """
    data = _read(source)
    shown = name or (Path(source).name if isinstance(source, str | os.PathLike) else "")
    if not data.strip():
        raise PlanFileError(Fault.EMPTY)
    if data.startswith(OLE_CONTAINER):
        raise PlanFileError(_fault_of_ole(data))
    for signature, fault in SIGNATURES:
        if data.startswith(signature):
            raise PlanFileError(fault)
    if data.startswith(b"PK"):
        _check_package(data)
        document = read_docx(data, shown)
    elif data[:512].lstrip().lower().startswith((b"<html", b"<!doctype html", b"<?xml")):
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


def _check_package(data: bytes) -> None:
    """Raise unless ``data`` is a sound ZIP of sensible size holding a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise PlanFileError(Fault.CORRUPT) from error
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise PlanFileError(Fault.ENCRYPTED)
    xml = [member for member in members if member.filename.lower().endswith((".xml", ".rels"))]
    if (
        len(members) > MAX_MEMBERS
        or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES
        or any(member.file_size > MAX_XML_BYTES for member in xml)
    ):
        raise PlanFileError(Fault.BOMB)
    if "xl/workbook.xml" in names:
        raise PlanFileError(Fault.SPREADSHEET)
    if "word/document.xml" not in names:
        office = "[Content_Types].xml" in names
        raise PlanFileError(Fault.CORRUPT if office and "ppt/presentation.xml" not in names else Fault.WRONG_TYPE)
