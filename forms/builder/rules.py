"""How what people type is understood: text, numbers, days. Pure; a message says what to type instead."""

import datetime
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

MAX_DIGITS = 15
"""A JSON number is a double: up to 15 significant digits come back as they were typed (IEEE 754)."""

FIRST_YEAR, LAST_YEAR = 1900, 2100

INVISIBLE = {
    *range(0x202A, 0x202F),  # bidirectional embeddings and overrides: they make 文fdp.exe look like 文exe.pdf
    *range(0x2066, 0x206A),  # bidirectional isolates
    0x200B, 0x200E, 0x200F, 0x061C, 0x2060, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB,
}  # fmt: skip
"""Characters nobody sees or types on purpose; they arrive by copying. Joiners of emoji (U+200D) stay."""

LINE_ENDS = re.compile(r"\r\n|\r|\u0085|\u2028|\u2029")
NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?")
CHINESE_NUMERALS = re.compile(r"[〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟半几数]+")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")


def clean_text(text: str) -> str:
    """The text without control characters, direction marks and outer space, with line feeds as its only line ends.

    Cleaned rather than refused: nobody could find and remove what cannot be seen. NUL would also not be stored by
    PostgreSQL, nor half of a surrogate pair by UTF-8.
    """
    text = LINE_ENDS.sub("\n", text)
    kept = (
        char
        for char in text
        if char in "\n\t" or not (ord(char) in INVISIBLE or unicodedata.category(char) in ("Cc", "Cs"))
    )
    return "".join(kept).strip()


def clean_line(text: str) -> str:
    """As clean_text, on one line."""
    return re.sub(r"\s*[\n\t]\s*", " ", clean_text(text))


def parse_number(text: str, *, decimals: int = 0, unit: str = "") -> int | float | None:
    """The number typed, None for nothing. Full-width digits, 1,234.5 and the field's own unit behind it are understood.

    ValidationError for words, for more than `decimals` places and for more than 15 digits.
    """
    typed = unicodedata.normalize("NFKC", clean_line(text)).replace(" ", "").replace("−", "-")
    if unit:
        typed = typed.removesuffix(unicodedata.normalize("NFKC", unit))
    if not typed:
        return None
    if CHINESE_NUMERALS.fullmatch(typed):
        raise ValidationError(_("Please write the number in digits, such as 100."), code="words")
    if not NUMBER.fullmatch(typed) or not any(char.isdigit() for char in typed):
        raise ValidationError(_("This is not a number. Please write digits only, such as 100."), code="invalid")
    try:
        value = Decimal(typed.replace(",", ""))
    except InvalidOperation:
        raise ValidationError(
            _("This is not a number. Please write digits only, such as 100."), code="invalid"
        ) from None
    return checked_number(value, decimals)


def checked_number(value: Decimal, decimals: int) -> int | float:
    """The number as JSON; ValidationError if it is longer than JSON or the field takes."""
    digits = value.normalize()
    _sign, figures, exponent = digits.as_tuple()
    places = max(0, -int(exponent))
    if places > decimals:
        if decimals == 0:
            raise ValidationError(_("Please write a whole number, without decimals."), code="whole")
        message = _("At most %(count)d decimals, please.")
        raise ValidationError(message, code="decimals", params={"count": decimals})
    if len(figures) + max(0, int(exponent)) > MAX_DIGITS:
        raise ValidationError(_("This number is too long: at most %(count)d digits."), "long", {"count": MAX_DIGITS})
    return float(digits) if places else int(digits)


def number_in_words(value: float, unit: str = "") -> str:
    """The number as read: 1,234.5 with its unit."""
    figures = f"{Decimal(repr(value)).normalize():,f}" if isinstance(value, float) else f"{value:,d}"
    return f"{figures} {unit}".strip()


def parse_day(text: str) -> datetime.date | None:
    """The day typed, None for nothing: 2026-02-03, 2026/2/3, 2026年2月3日, 20260203, full-width digits too.

    ValidationError for what is no day of the calendar, or lies outside 1900–2100.
    """
    typed = unicodedata.normalize("NFKC", clean_line(text))
    if not typed:
        return None
    match = DAY.fullmatch(typed) or COMPACT_DAY.fullmatch(typed)
    if match is None:
        raise ValidationError(_("Please write the date as 2026-02-03."), code="invalid")
    year, month, day = (int(part) for part in match.groups())
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        message = _("%(typed)s is not a day of the calendar.")
        raise ValidationError(message, code="no_such_day", params={"typed": typed}) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        message = _("The year must lie between %(first)d and %(last)d.")
        raise ValidationError(message, code="year", params={"first": FIRST_YEAR, "last": LAST_YEAR})
    return found


def day_in_words(day: datetime.date) -> str:
    """The day as the reader's language writes it: 2026年2月3日."""
    return formats.date_format(day, "DATE_FORMAT")
