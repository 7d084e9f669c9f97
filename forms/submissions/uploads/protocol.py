"""tus 1.0.0 as headers: what is read from requests and written into answers. Pure."""

import base64
import binascii
import datetime
from collections.abc import Mapping
from wsgiref.handlers import format_date_time

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination"
CONTENT_TYPE = "application/offset+octet-stream"
LONGEST_NUMBER = 15
"""Digits of a size; longer ones are nobody's."""


def number_in(headers: Mapping[str, str], name: str) -> int | None:
    """A size in a header; None where there is none."""
    value = headers.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= LONGEST_NUMBER else None


def metadata_in(headers: Mapping[str, str]) -> dict[str, str]:
    """Upload-Metadata: pairs of a name and a text in Base64, with commas between them; what is unreadable is passed
    over.
    """
    found = {}
    for pair in headers.get("Upload-Metadata", "").split(","):
        name, _space, encoded = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError, ValueError):
            continue
    return found


def expires(at: datetime.datetime) -> str:
    """Upload-Expires: an instant as HTTP writes it."""
    return format_date_time(at.timestamp())
