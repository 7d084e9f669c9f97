"""Plain text in the encodings of China: UTF-8, UTF-16 with its mark, GB 18030 (with GBK and GB 2312 in it)."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from portal.media.extraction.limits import MAX_CHARACTERS
from portal.media.extraction.result import Fault, FaultyFileError

_MARKED = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def pages(path: Path) -> Iterator[str]:
    """The whole text, once."""
    with path.open("rb") as file:
        data = file.read(MAX_CHARACTERS * 4)
    yield decode(data)


def decode(data: bytes) -> str:
    """Text of bytes; FaultyFileError where no encoding fits."""
    marked = next((name for mark, name in _MARKED.items() if data.startswith(mark)), None)
    for name in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            # What was cut off in the middle of a character must not make the rest unreadable.
            return codecs.getincrementaldecoder(name)().decode(data, final=False)
        except UnicodeDecodeError:
            continue
    raise FaultyFileError(Fault.UNREADABLE)
