"""Rules of policy documents, without the database: document numbers, shown validity, year."""

import datetime
import re
import unicodedata

from home.policies.enums import Validity

OPENING = "〔[［(（【〖{｛"
CLOSING = "〕]］)）】〗}｝"

_BRACKETED_YEAR = re.compile(f"[{re.escape(OPENING)}]((?:19|20)\\d{{2}})年?[{re.escape(CLOSING)}]")
_INVISIBLE = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"}


def canonical_doc_number(text: str) -> str:
    """The one written form of a document number (发文字号): 民发[2020] 14 号 → 民发〔2020〕14号.

    Width and spaces vary from copy to copy, and so do the brackets around the year, which by GB/T 9704-2012 §7.2.5 are
    〔〕. Everything else is kept as it is. What is no document number comes back without spaces.
    """
    folded = unicodedata.normalize("NFKC", text)
    joined = "".join(letter for letter in folded if not letter.isspace() and letter not in _INVISIBLE)
    joined = unicodedata.normalize("NFKC", joined)  # what a space kept apart may combine now
    return _BRACKETED_YEAR.sub(r"〔\1〕", joined)


def year_of(day: datetime.date | None, doc_number: str) -> int | None:
    """The year of a document: of its date, else the one in its number."""
    if day:
        return day.year
    found = re.search(r"〔(\d{4})〕", canonical_doc_number(doc_number))
    return int(found.group(1)) if found else None


def shown_validity(
    stated: Validity,
    effective_on: datetime.date | None,
    expires_on: datetime.date | None,
    today: datetime.date,
) -> Validity:
    """What readers are told on a day.

    Repealed and expired are final. Otherwise the dates decide: on its 失效日期 a document is no longer in force, before
    its 施行日期 not yet. "Not yet in force" ends by itself on the day a document takes effect.
    """
    if stated in {Validity.REPEALED, Validity.EXPIRED}:
        return stated
    if expires_on and today >= expires_on:
        return Validity.EXPIRED
    if effective_on and today < effective_on:
        return Validity.NOT_YET
    if stated == Validity.NOT_YET and effective_on:
        return Validity.IN_FORCE
    return stated
