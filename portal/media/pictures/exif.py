"""What a camera wrote into a photograph: when and where it was taken. Which camera it was is nobody's business.

Tags are those of Exif 2.32 (CIPA DC-008), tables 4–15. Cameras and programs write nonsense into them; nonsense is
passed over, never an error.
"""

import datetime
import math
from typing import Any

from PIL import ExifTags, Image

Facts = dict[str, Any]
"""taken_at (ISO 8601 with offset), lat and lng (degrees, WGS-84); what is not known is absent."""

UNREADABLE = (TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError, OSError, SyntaxError)


def facts_of(exif: Image.Exif, zone: datetime.tzinfo) -> Facts:
    """When, in `zone`, and where; a camera that does not say its own zone is taken to have been in this one."""
    return {**_taken(exif, zone), **_place(exif)}


def _taken(exif: Image.Exif, zone: datetime.tzinfo) -> Facts:
    try:
        detail = exif.get_ifd(ExifTags.IFD.Exif)
        read = datetime.datetime.strptime(_text(detail[ExifTags.Base.DateTimeOriginal]), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
        taken = read.replace(tzinfo=_offset(detail.get(ExifTags.Base.OffsetTimeOriginal)) or zone)
        return {"taken_at": taken.astimezone(zone).isoformat()}
    except UNREADABLE:
        return {}


def _offset(value: Any) -> datetime.tzinfo | None:
    try:
        return datetime.datetime.strptime(_text(value), "%z").tzinfo
    except UNREADABLE:
        return None


def _place(exif: Image.Exif) -> Facts:
    try:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], _text(gps[ExifTags.GPS.GPSLatitudeRef]), "N", "S", 90)
        longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], _text(gps[ExifTags.GPS.GPSLongitudeRef]), "E", "W", 180)
    except UNREADABLE:
        return {}
    # 0°, 0° is what a telephone writes that does not know where it is.
    return {"lat": latitude, "lng": longitude} if latitude or longitude else {}


def _degrees(parts: Any, side: str, positive: str, negative: str, greatest: int) -> float:
    """Degrees of degrees, minutes and seconds; ValueError for what lies nowhere."""
    degrees, minutes, seconds = (float(part) for part in parts)
    found = degrees + minutes / 60 + seconds / 3600
    if side not in (positive, negative) or not math.isfinite(found) or not 0 <= found <= greatest:
        raise ValueError
    return round(found if side == positive else -found, 6)


def _text(value: Any) -> str:
    """A text of the camera's, which may end in NULs."""
    text = value.decode("ascii") if isinstance(value, bytes) else value
    if not isinstance(text, str):
        raise TypeError
    return text.strip("\0 ")
