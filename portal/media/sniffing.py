"""Whether an uploaded file is what its name says."""

import codecs
import zipfile
from pathlib import PurePosixPath

import filetype

from portal.media.extraction.result import Readable

HEAD = 8192

_BY_CONTENT = {
    "pdf": {"application/pdf"},
    "docx": {"word/document.xml"},
    "xlsx": {"xl/workbook.xml"},
    "pptx": {"ppt/presentation.xml"},
    "ofd": {"OFD.xml"},
    "zip": {"application/zip"},
    "txt": {"text"},
    "csv": {"text"},
}
"""What the content of a file with this extension must be: a MIME type, a part of the archive, or text."""


def matches_name(file: Readable, name: str) -> bool:
    """Whether the content fits the extension; an extension that is not known here fits nothing."""
    wanted = _BY_CONTENT.get(PurePosixPath(name).suffix.lower().removeprefix("."), set())
    return not wanted.isdisjoint(content_of(file))


def content_of(file: Readable) -> set[str]:
    """What a file is, by its content; the file is left at its beginning."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(file)
    guess = filetype.guess_mime(head)
    if guess:
        return {str(guess)}
    return {"text"} if _is_text(head) else set()


def _archive(file: Readable) -> set[str]:
    try:
        with zipfile.ZipFile(file) as archive:
            return {"application/zip", *archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return set()
    finally:
        file.seek(0)


def _is_text(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if b"\0" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < HEAD)
        except UnicodeDecodeError:
            continue
        return True
    return False
