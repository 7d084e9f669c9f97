"""Copies of a photograph that may be shown to whoever may see it: upright, and without what the camera wrote down."""

import datetime
import io
from dataclasses import dataclass

from PIL import Image

from portal.files.content import Readable
from portal.media.pictures.exif import Facts, facts_of
from portal.media.pictures.opening import opened

SHOWN_SIDE = 2048
THUMBNAIL_SIDE = 320
QUALITY = 85

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by Exif's Orientation (tag 0x0112)."""

SIXTEEN_BITS = ("I;16", "I;16L", "I;16B", "I;16N", "I")


@dataclass(frozen=True)
class Copies:
    """JPEG files of at most 2048 and 320 pixels a side, and what the original told."""

    shown: bytes
    thumbnail: bytes
    facts: Facts


def check_picture(file: Readable) -> None:
    """Raise a PictureError for a picture that is too large or cannot be read to its end."""
    with opened(file) as image:
        image.draft(None, (1, 1))  # a JPEG is read to its end, but unpacked at an eighth of its size
        image.load()


def copies_of(file: Readable, zone: datetime.tzinfo) -> Copies:
    """The copies, and the facts in `zone`; raises a PictureError for a picture that cannot be read."""
    with opened(file) as image:
        exif = image.getexif()
        facts = facts_of(exif, zone)
        turn = UPRIGHT.get(exif.get(0x0112, 1))
        image.thumbnail((SHOWN_SIDE, SHOWN_SIDE), reducing_gap=3.0)
        shown = _opaque(image)
        if turn is not None:
            shown = shown.transpose(turn)
    small = shown.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Copies(_jpeg(shown), _jpeg(small), facts)


def _opaque(image: Image.Image) -> Image.Image:
    """The pixels alone, on white where there are none: a new picture carries no comment, profile or note along."""
    if image.mode in SIXTEEN_BITS:
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        blank = Image.new("RGBA", image.size, "white")
        blank.alpha_composite(image)
        image = blank
    bare = Image.new("RGB", image.size)
    bare.paste(image.convert("RGB"))
    return bare


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
