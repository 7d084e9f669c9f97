"""What a receipt's number is: the day of sending, seven characters drawn by lot, a check character. Pure.

By lot and not counted, so that nobody finds other units' receipts by counting on.
"""

import datetime
import secrets
import unicodedata

from django.utils import timezone
from stdnum.iso7064 import mod_37_2

ALPHABET = "0123456789ABCDEFGHJKMNPQRTUWXY"
"""Without I, L, O, S, V and Z, which are taken for 1, 0, 5, U and 2."""

CHECKED = f"{ALPHABET}*"
"""The thirty characters and one more, since 31 is a prime: ISO 7064's pure system with radix 2 (MOD 31-2) then notices
every mistaken character and every two neighbours that changed places. No number ends with the one more."""

MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5", "Z": "2", "V": "U"})
"""Characters that no number has, and those that they were read from."""

BY_LOT = 7
LENGTH = 8 + BY_LOT + 1


class NotANumberError(ValueError):
    """What was typed cannot be a receipt's number at all: too long, too short, or of other characters."""


class WrongCheckError(ValueError):
    """What was typed looks like a receipt's number, but a character is mistaken."""


def new_number(sent_at: datetime.datetime) -> str:
    """A fresh number for what is sent at an instant; the day is the site's, whatever zone the instant is given in."""
    day = timezone.localtime(sent_at, timezone.get_default_timezone()).strftime("%Y%m%d")
    while True:
        body = day + "".join(secrets.choice(ALPHABET) for _ in range(BY_LOT))
        check = str(mod_37_2.calc_check_digit(body, CHECKED))
        if check in ALPHABET:
            return body + check


def readable(number: str) -> str:
    """The number as it is shown: 20261128-7KM4-3QW5."""
    return f"{number[:8]}-{number[8:12]}-{number[12:]}"


def parse_number(typed: str) -> str:
    """The number out of what a person typed: small letters, full width, blanks and dashes do not matter.

    Raises NotANumberError or WrongCheckError.
    """
    plain = "".join(one for one in unicodedata.normalize("NFKC", typed).upper() if one.isalnum()).translate(MISREAD)
    if len(plain) != LENGTH or not set(plain) <= set(ALPHABET) or not plain[:8].isdecimal():
        raise NotANumberError
    if not mod_37_2.is_valid(plain, CHECKED):
        raise WrongCheckError
    return plain
