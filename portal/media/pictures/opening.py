"""Opening a picture that may be broken, or made to exhaust the machine."""

from collections.abc import Iterator
from contextlib import contextmanager

import pillow_heif
from PIL import Image

from portal.files.content import Readable

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "HEIF")
"""Formats of Pillow that are tried at all."""

MIMES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp", "image/heic"})
"""The same as `portal.files.content` calls them."""

MAX_PIXELS = 60_000_000
"""Of a telephone's best camera 50 million; unpacked, a picture of this size takes 240 MB."""


class PictureError(Exception):
    """The picture is not taken."""


class BrokenPictureError(PictureError):
    """It cannot be read to its end."""


class TooManyPixelsError(PictureError):
    """It is larger than MAX_PIXELS."""


@contextmanager
def opened(file: Readable) -> Iterator[Image.Image]:
    """The picture, its size judged before anything is unpacked; whatever its reader raises is a PictureError.

    The file is left at its beginning.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as image:  # type: ignore[arg-type]
            if image.width * image.height > MAX_PIXELS:
                raise TooManyPixelsError
            yield image
    except PictureError:
        raise
    except Image.DecompressionBombError as error:
        raise TooManyPixelsError from error
    except Exception as error:
        # Pillow's readers raise what their parts raise: OSError, SyntaxError, ValueError, struct.error, EOFError, …
        raise BrokenPictureError from error
    finally:
        file.seek(0)
