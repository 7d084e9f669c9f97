"""From the text of a cell to a value; rules without the database."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from typing import TypeVar

from portal.units.naming import tidy

DATE = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$|^(\d{4})(\d{2})(\d{2})$")
SEPARATORS = re.compile(r"[、,，;；\n]")
Word = TypeVar("Word")


def read_date(text: str) -> datetime.date | None:
    """2026-11-24, 2026/11/24, 2026.11.24, 20261124, 2026年11月24日 or nothing; ValueError for anything else."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix(" 00:00:00")
    if not plain:
        return None
    found = DATE.match(plain)
    if not found:
        raise ValueError(text)
    year, month, day = (int(part) for part in found.groups() if part is not None)
    return datetime.date(year, month, day)


def read_word(text: str, words: Mapping[str, Word]) -> Word | None:
    """The value that a word of a closed vocabulary stands for; None where it stands for nothing."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    return words.get(plain, words.get(tidy(plain)))


def split_names(text: str) -> list[str]:
    """Names separated by 、 commas, semicolons or line breaks; each once, in their order."""
    return list(dict.fromkeys(name.strip() for name in SEPARATORS.split(text) if name.strip()))
