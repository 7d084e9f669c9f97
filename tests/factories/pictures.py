"""Pictures as cameras make them, and as nobody should."""

import io
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import ExifTags, Image

pillow_heif.register_heif_opener()

SANYA = {1: "N", 2: (18.0, 15.0, 10.08), 3: "E", 4: (109.0, 30.0, 43.2)}
"""GPS tags: 18.2528° north, 109.512° east."""


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", colour: Any = "teal", **saving: Any
) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **saving)
    return out.getvalue()


def exif(
    taken: Any = None, *, offset: Any = None, gps: dict[int, Any] | None = None, orientation: int = 0
) -> Image.Exif:
    """What a camera writes down; its own name is always there."""
    made = Image.Exif()
    made[ExifTags.Base.Make] = "Geheim"
    if orientation:
        made[ExifTags.Base.Orientation] = orientation
    detail = made.get_ifd(ExifTags.IFD.Exif)
    if taken is not None:
        detail[ExifTags.Base.DateTimeOriginal] = taken
    if offset is not None:
        detail[ExifTags.Base.OffsetTimeOriginal] = offset
    if gps is not None:
        made.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    return made


def two_halves(orientation: int) -> bytes:
    """A wide picture, red on the left and blue on the right, that a camera marked as lying."""
    image = Image.new("RGB", (400, 200), "red")
    image.paste("blue", (200, 0, 400, 200))
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif(orientation=orientation))
    return out.getvalue()


def claims_to_be(width: int, height: int) -> bytes:
    """A PNG of some kilobytes that would unpack to this many pixels of nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    row = b"\0" * (1 + (width + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
