"""Photographs: whether one can be read, copies that may be shown, and what the camera wrote down."""

from portal.media.pictures.copies import Copies, check_picture, copies_of
from portal.media.pictures.opening import (
    MAX_PIXELS,
    MIMES,
    BrokenPictureError,
    PictureError,
    TooManyPixelsError,
)

__all__ = [
    "MAX_PIXELS",
    "MIMES",
    "BrokenPictureError",
    "Copies",
    "PictureError",
    "TooManyPixelsError",
    "check_picture",
    "copies_of",
]
