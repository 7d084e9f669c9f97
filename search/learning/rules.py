"""What of a question is kept, under which key it is counted, and who asked it as far as that is kept. Pure."""

import datetime
import hashlib
import hmac
import re
import unicodedata

from search.text import clean, fold

LONGEST = 300
"""Characters of a question that are kept; no longer one can be typed."""

MASK = "***"

_DIGIT = r"[\d零〇一二三四五六七八九]"
_PERSONAL = re.compile(
    "|".join(
        (
            r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",  # an e-mail address
            r"(?<!\d)\d{6}[- ]?\d{8}[- ]?\d{3}[\dXx](?!\d)",  # an identity card in its three parts
            r"(?<!\d)1\d{2}[-. ]?\d{4}[-. ]?\d{4}(?!\d)",  # a mobile phone as it is read aloud
            r"(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)",  # a telephone with its area code
            # a bank or identity card in fours, as it is printed; four years in a row are none
            r"(?<!\d)(?!(?:19|20)\d\d[- ](?:19|20)\d\d)\d{4}(?:[- ]\d{4}){3,}(?:[- ]?\d{1,2}[\dXx])?(?!\d)",
            rf"{_DIGIT}{{7,}}[Xx]?",  # any other long number: bank card, case, account
        )
    )
)
_ROBOT = re.compile(r"bot\b|crawl|spider|slurp|curl/|wget/|python-|java/|go-http|headlesscheck", re.IGNORECASE)


def masked(text: str) -> str:
    """The question without e-mail addresses and runs of seven digits or more, whichever width they are typed in.

    Written as typed where nothing is masked. Document numbers and years are shorter and stay.
    """
    even = unicodedata.normalize("NFKC", clean(text))
    kept = _PERSONAL.sub(MASK, even) if _PERSONAL.search(even) else clean(text)
    return kept[:LONGEST]


def key_of(text: str) -> str:
    """Under which equal questions are counted: width, case and blanks evened out, personal data masked."""
    return " ".join(fold(masked(text)).split())[:LONGEST]


def pseudonym(*, who: str, day: datetime.date, secret: str) -> str:
    """A name for an asker that is another one tomorrow, and leads to nobody without the portal's secret key."""
    return hmac.new(secret.encode(), f"search.learning|{day}|{who}".encode(), hashlib.sha256).hexdigest()[:32]


def is_robot(agent: str) -> bool:
    """Whether a program says of itself that it is no person."""
    return _ROBOT.search(agent) is not None
