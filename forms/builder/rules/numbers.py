"""Numbers as people write them, and as they are read."""

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forms.builder.rules.text import half_width

MAX_DIGITS = 15
"""A JSON number is a double: up to 15 significant digits come back as they were typed (IEEE 754)."""

MAX_TYPED = 100
"""Longer than any number with its signs, separators and closing noughts."""

NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?")
CHINESE_NUMERALS = re.compile(
    r"[〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟点半几数多余]+[元个人次件名]?"
)
EXACTLY = Context(prec=MAX_TYPED)


def parse_number(text: str, *, decimals: int = 0, unit: str = "", sign: str = "") -> int | float | None:
    """The number typed, None for nothing. Full-width digits, 1,234.5 and the field's own unit behind it are understood.

    So is its own `sign` before it, as workbooks write ¥1,234.50 and -¥5.

    ValidationError for words, for more than `decimals` places and for more than 15 digits.
    """
    typed = half_width(text).replace(" ", "").replace("−", "-")
    if unit:
        typed = typed.removesuffix(half_width(unit).replace(" ", ""))
    if sign:
        typed = re.sub(rf"^([+-]?){re.escape(half_width(sign))}(?=.)", r"\1", typed)
    if not typed:
        return None
    if CHINESE_NUMERALS.fullmatch(typed):
        raise ValidationError(_("Please write the number in digits, such as 100."), code="words")
    if not NUMBER.fullmatch(typed) or not any(char.isdigit() for char in typed):
        raise ValidationError(_("This is not a number. Please write digits only, such as 100."), code="invalid")
    if len(typed) > MAX_TYPED:
        raise too_long()
    try:
        value = Decimal(typed.replace(",", ""))
    except InvalidOperation:
        raise ValidationError(
            _("This is not a number. Please write digits only, such as 100."), code="invalid"
        ) from None
    return checked_number(value, decimals)


def checked_number(value: Decimal, decimals: int) -> int | float:
    """The number as JSON; ValidationError if it is longer than JSON or the field takes."""
    digits = value.normalize(EXACTLY)
    _sign, figures, exponent = digits.as_tuple()
    places = max(0, -int(exponent))
    if places > decimals:
        if decimals == 0:
            raise ValidationError(_("Please write a whole number, without decimals."), code="whole")
        message = _("At most %(count)d decimals, please.")
        raise ValidationError(message, code="decimals", params={"count": decimals})
    if len(figures) + max(0, int(exponent)) > MAX_DIGITS:
        raise too_long()
    return float(digits) if places else int(digits)


def too_long() -> ValidationError:
    """The refusal of a number that would not come back as it was typed."""
    return ValidationError(_("This number is too long: at most %(count)d digits."), "long", {"count": MAX_DIGITS})


def is_number(value: object) -> bool:
    """Whether an answer is a number; true and false are none, though Python counts with them."""
    return type(value) is int or (isinstance(value, float) and math.isfinite(value))


def exact(value: float) -> Decimal:
    """The number to 15 significant digits: a workbook's 0.30000000000000004 is 0.3."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{MAX_DIGITS}g}")


def plain_figures(value: float) -> str:
    """The number as it may be typed again: no separators, no exponent."""
    return f"{exact(value):f}"


def number_in_words(value: float, unit: str = "", *, places: int = 0) -> str:
    """The number as read: 1,234.5 with its unit; with at least so many places behind the point."""
    number = exact(value).normalize(EXACTLY)
    shown = max(places, -int(number.as_tuple().exponent))
    return f"{number:,.{max(shown, 0)}f} {unit}".strip()


def rounded(value: float, decimals: int) -> int | float:
    """The number to so many places, half away from zero as people round; whole ones without a point."""
    step = Decimal(1).scaleb(-decimals)
    figures = exact(value).quantize(step, ROUND_HALF_UP, Context(prec=400))
    return int(figures) if figures == figures.to_integral_value() else float(figures)
