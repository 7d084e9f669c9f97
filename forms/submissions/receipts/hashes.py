"""Content hashes as they are printed and typed. Pure."""

import re
import unicodedata

SHOWN = 12
"""So many characters of a hash are in the QR code, and at least so many have to be typed."""

WHOLE = 64


def parse_hash(typed: str) -> str | None:
    """The beginning of a hash out of what a person typed; None where it is too short, too long or no hash."""
    plain = re.sub(r"[\s\-:…·]", "", unicodedata.normalize("NFKC", typed)).rstrip(".").lower()
    return plain if re.fullmatch(rf"[0-9a-f]{{{SHOWN},{WHOLE}}}", plain) else None


def in_groups(content_hash: str) -> str:
    """The whole hash in groups of eight, as it is printed."""
    return " ".join(content_hash[start : start + 8] for start in range(0, len(content_hash), 8))
