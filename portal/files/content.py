"""What a file is, by what is in it. Names lie.

Every room asks here and draws its own conclusions: which kinds it takes, and how it says no. Nothing here imports
Django, so that processes which read a single file start quickly.
"""

import codecs
import io
import zipfile
from dataclasses import dataclass
from typing import Protocol

import filetype

HEAD = 8192
"""Bytes that tell what a file is; enough for every signature of `filetype`."""

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""Compound File Binary ([MS-CFB] 2.2): office files of before 2007, and encrypted ones of today."""

TEXT_ENCODINGS = ("utf-8", "gb18030")
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")

UNKNOWN_MIME = "application/octet-stream"

PARTS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx", "OFD.xml": "ofd"}
"""What a ZIP archive is that has a part whose name begins so (ECMA-376; GB/T 33190)."""

WRITTEN = frozenset({"pdf", "rtf", "ps", "eps"})
"""Kinds that may read as text from end to end and are more than text."""


class Readable(Protocol):
    """An open file: a real one, or Django's."""

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go somewhere."""
        ...

    def tell(self) -> int:
        """Where it stands."""
        ...


@dataclass(frozen=True)
class Content:
    """What a file is."""

    kind: str
    """docx, xlsx, pptx, ofd or another zip · "damaged", an archive that does not open · ole · text · else as
    `filetype` calls it: pdf, jpg, png, heic, mp4, … · "" for what nobody knows."""
    mime: str = UNKNOWN_MIME
    entries: tuple[zipfile.ZipInfo, ...] = ()
    """Of an archive: its table of contents, as it claims to be; nothing has been unpacked."""


def content_of(file: Readable | bytes) -> Content:
    """What the file is; an open one is left at its beginning."""
    stream = io.BytesIO(file) if isinstance(file, bytes) else file
    head = head_of(stream)
    guess = filetype.guess(head)
    guessed, mime = (str(guess.extension), str(guess.mime)) if guess else ("", UNKNOWN_MIME)
    if head.startswith(ZIP_MARKS):
        return _archive(stream, mime)
    if head.startswith(OLE):
        return Content("ole", mime)
    may_be_letters = guessed not in WRITTEN and head[:2].isascii() and not has_controls(head)
    if reads_as_text(head) and (not guess or may_be_letters):
        # Some signatures are letters: BM (bmp) and MZ (exe) begin many a Chinese table, for 编码 and 民政.
        return Content("text", "text/plain")
    return Content(guessed, mime)


def head_of(file: Readable) -> bytes:
    """The first bytes; the file is left at its beginning."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return head


def reads_as_text(head: bytes) -> bool:
    """Whether it is text in UTF-8, GB 18030, or UTF-16 with its mark; a letter cut in two at the edge is no fault."""
    if head.startswith(UTF_16_MARKS):
        return True
    if b"\0" in head:
        return False
    for encoding in TEXT_ENCODINGS:
        try:
            codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < HEAD)
        except UnicodeDecodeError:
            continue
        return True
    return False


def has_controls(head: bytes) -> bool:
    """Whether there are bytes that no text has."""
    return any(byte < 0x20 and byte not in b"\t\n\f\r" for byte in head)


def _archive(file: Readable, mime: str) -> Content:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = tuple(archive.infolist())
    # zipfile raises NotImplementedError for archives of several volumes and for versions of the format that it lacks.
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        return Content("damaged", mime)
    finally:
        file.seek(0)
    names = [entry.filename for entry in entries]
    kind = next((kind for part, kind in PARTS.items() if any(name.startswith(part) for name in names)), "zip")
    return Content(kind, mime, entries)
