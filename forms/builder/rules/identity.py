"""Numbers that identify persons and bodies, and the codes on plates and letters. All checked without asking anybody."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidComponent

from forms.builder.rules.text import half_width

SEPARATORS = re.compile(r"[\s\-‐‑–—_.·]+")
PLATE = re.compile(r"[\u4e00-\u9fff][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[\u4e00-\u9fff])")
"""GA 36: a province, a letter, five characters or six (new energy); the last may be a word such as 学 or 警."""
POSTCODE = re.compile(r"\d{6}")


def squeezed(text: str) -> str:
    """The characters that count: half-width capitals, without spaces and dashes."""
    return SEPARATORS.sub("", half_width(text)).upper()


def parse_id_number(text: str, today: datetime.date | None = None) -> str | None:
    """The number of an identity card, None for nothing: GB 11643, 18 characters, the last may be X.

    The place of birth is not looked up: codes of places are older, and newer, than any list. ValidationError says
    which of length, figures, check digit and birth date is wrong.
    """
    typed = squeezed(text)
    if not typed:
        return None
    if len(typed) != 18:
        message = _("An ID number has 18 characters; this one has %(length)d.")
        raise ValidationError(message, code="length", params={"length": len(typed)})
    if not re.fullmatch(r"[0-9]{17}[0-9X]", typed):
        message = _("An ID number is made of digits; only the last character may be X.")
        raise ValidationError(message, code="invalid")
    try:
        born = ric.get_birth_date(typed)
    except (InvalidComponent, ValueError):
        born = None
    if born is None or not datetime.date(1850, 1, 1) <= born <= (today or timezone.localdate()):
        message = _("Digits 7 to 14 (%(day)s) are no possible date of birth. Please compare with the card.")
        raise ValidationError(message, code="birth_date", params={"day": typed[6:14]})
    if ric.calc_check_digit(typed) != typed[-1]:
        message = _("The check digit does not fit: at least one character is mistyped. Please compare with the card.")
        raise ValidationError(message, code="checksum")
    return typed


def parse_credit_code(text: str) -> str:
    """A unified social credit code: GB 32100, 18 characters with a check character."""
    typed = squeezed(text)
    if len(typed) != 18:
        message = _("A unified social credit code has 18 characters; this one has %(length)d.")
        raise ValidationError(message, code="length", params={"length": len(typed)})
    if not (typed.isascii() and uscc.is_valid(typed)):
        message = _("This is no unified social credit code: at least one character is mistyped.")
        raise ValidationError(message, code="checksum")
    return typed


def parse_plate(text: str) -> str:
    """A number plate: 琼B12345, 琼BD12345, without the dot."""
    typed = squeezed(text)
    if not PLATE.fullmatch(typed):
        raise ValidationError(_("Please write the number plate as 琼B12345."), code="invalid")
    return typed


def parse_postcode(text: str) -> str:
    """A postcode: six digits."""
    typed = squeezed(text)
    if not POSTCODE.fullmatch(typed) or not typed.isascii():
        raise ValidationError(_("A postcode has 6 digits."), code="invalid")
    return typed
