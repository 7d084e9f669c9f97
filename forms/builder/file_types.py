"""Which files are taken, judged by what is in them and not by what they are called."""

import codecs
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import filetype
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

HEAD = 8192
"""Bytes looked at; enough for every signature of `filetype`."""

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""Compound File Binary ([MS-CFB] 2.2): Word, Excel, PowerPoint and WPS files of before 2007."""

TEXT_ENCODINGS = ("utf-8", "gb18030")

Test = Callable[[bytes, IO[bytes]], bool]


def guessed(*extensions: str) -> Test:
    """The signature says one of these."""

    def test(head: bytes, file: IO[bytes]) -> bool:
        kind = filetype.guess(head)
        return kind is not None and kind.extension in extensions

    return test


def zipped(*parts: str) -> Test:
    """A ZIP archive that has one of these parts; without parts, any archive that opens."""

    def test(head: bytes, file: IO[bytes]) -> bool:
        try:
            with zipfile.ZipFile(file) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
            return False
        return not parts or any(name.startswith(parts) for name in names)

    return test


def compound(head: bytes, file: IO[bytes]) -> bool:
    """An old office file."""
    return head.startswith(OLE)


def plain_text(head: bytes, file: IO[bytes]) -> bool:
    """Text in UTF-8, GB 18030 or UTF-16 with its mark; a letter cut in two at the end does not count against it."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if b"\0" in head:
        return False
    for encoding in TEXT_ENCODINGS:
        try:
            codecs.getincrementaldecoder(encoding)().decode(head, final=False)
        except UnicodeDecodeError:
            continue
        return True
    return False


PICTURES: dict[str, Test] = {
    "jpg": guessed("jpg"),
    "jpeg": guessed("jpg"),
    "png": guessed("png"),
    "gif": guessed("gif"),
    "bmp": guessed("bmp"),
    "webp": guessed("webp"),
    "heic": guessed("heic"),
}
DOCUMENTS: dict[str, Test] = {
    "pdf": guessed("pdf"),
    "doc": compound,
    "xls": compound,
    "ppt": compound,
    "wps": compound,
    "et": compound,
    "docx": zipped("word/"),
    "xlsx": zipped("xl/"),
    "pptx": zipped("ppt/"),
    "ofd": zipped("OFD.xml"),
    "txt": plain_text,
    "csv": plain_text,
}
OTHERS: dict[str, Test] = {
    "zip": zipped(),
    "mp4": guessed("mp4", "m4v", "mov"),
    "mp3": guessed("mp3"),
    "m4a": guessed("m4a", "mp4", "aac"),
}


@dataclass(frozen=True)
class Accepted:
    """A group of file types that an editor can ask for."""

    tests: dict[str, Test]

    @property
    def attribute(self) -> str:
        """For the browser's file dialogue."""
        return ",".join(f".{extension}" for extension in self.tests)

    @property
    def in_words(self) -> str:
        """pdf, docx, …"""
        return ", ".join(self.tests)


GROUPS = {
    "any": Accepted({**DOCUMENTS, **PICTURES, **OTHERS}),
    "documents": Accepted(DOCUMENTS),
    "pictures": Accepted(PICTURES),
}


def check_file(file: UploadedFile, group: str, max_bytes: int) -> None:
    """ValidationError if the file is empty, too large, of no accepted type, or not what its name says."""
    name, accepted = file.name or "", GROUPS.get(group, GROUPS["any"])
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if not file.size:
        raise ValidationError(_("“%(name)s” is empty."), code="empty", params={"name": name})
    if file.size > max_bytes:
        raise ValidationError(
            _("“%(name)s” has %(size)s; at most %(limit)s are taken. Please send a smaller file."),
            code="too_large",
            params={"name": name, "size": filesizeformat(file.size), "limit": filesizeformat(max_bytes)},
        )
    if extension not in accepted.tests:
        raise ValidationError(
            _("“%(name)s” is of a type that is not taken here. These are: %(types)s."),
            code="type",
            params={"name": name, "types": accepted.in_words},
        )
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    genuine = accepted.tests[extension](head, file.file if file.file is not None else file)
    file.seek(0)
    if not genuine:
        raise ValidationError(
            _("“%(name)s” is damaged, or not the kind of file that its name says. Please open it and save it again."),
            code="content",
            params={"name": name},
        )
