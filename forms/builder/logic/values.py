"""What values mean in expressions: what holds, what is the same, what comes first, how numbers add up.

The browser keeps the same rules (static/js/logic-values.js); tests/vectors/logic.json proves it. A number is a double
on both sides. Sums are kept to 15 significant digits as a spreadsheet does, so that 0.1 + 0.2 is 0.3.
"""

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
MOST_DIGITS = 15
"""To how many places `rounded` rounds, before and behind the point."""
LONGEST = 1e15
"""Whole numbers below are written as such."""
NEARLY_NOTHING = 2e-15
"""What is left of a difference below this share of what was subtracted is noise of binary fractions."""


def number(value: Any) -> float | None:
    """The value as a double; None for whatever is no number, or none that a double can hold."""
    if type(value) is float:
        return value if math.isfinite(value) else None
    if type(value) is not int:
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def exact(value: float) -> int | float | None:
    """The number to 15 significant digits, half away from zero; whole ones as int, None for infinity."""
    if not math.isfinite(value):
        return None
    found = float(f"{value:.15g}")
    if found != value:
        # C rounds ties to even, JavaScript's toPrecision does not.
        found = float(FIFTEEN.create_decimal_from_float(value))
        if not math.isfinite(found):
            return None
    return int(found) if found.is_integer() and abs(found) < LONGEST else found


def plus(one: float, other: float) -> int | float | None:
    """The sum."""
    total = one + other
    if abs(total) <= NEARLY_NOTHING * max(abs(one), abs(other)):
        return 0
    return exact(total)


def rounded(value: float, digits: float = 0) -> int | float | None:
    """The number as it is read, rounded half away from zero: 1.005 to two places is 1.01, 1250 to -2 is 1300."""
    known = exact(value)
    if known is None or not float(digits).is_integer() or abs(digits) > MOST_DIGITS:
        return None
    step = Decimal(1).scaleb(-int(digits))
    figures = Decimal(repr(known))
    if figures.as_tuple().exponent >= step.as_tuple().exponent:  # type: ignore[operator]
        return known
    return exact(float(figures.quantize(step, ROUND_HALF_UP, Context(prec=400))))


def number_as_text(value: float) -> str:
    """The number in figures, never with an exponent: 1200000, 0.00001."""
    known = exact(value)
    if known is None:
        return ""
    return str(known) if isinstance(known, int) else f"{Decimal(repr(known)):f}".removesuffix(".0")


def as_text(value: Any) -> str:
    """What a value adds to a text; nothing for blanks and for what is no text."""
    if isinstance(value, str):
        return value
    found = number(value)
    return "" if found is None else number_as_text(found)


def holds(value: Any) -> bool:
    """Whether a condition with this result applies: not null, false, 0, "" or an empty list (jsonlogic.com/truthy)."""
    if type(value) is bool:
        return value
    return not (value is None or value in (0, "", []))


def is_blank(value: Any) -> bool:
    """Whether nothing was answered: null, an empty text, an empty list."""
    return value is None or value in ("", [])


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same: of one kind, numbers to 15 digits, lists and rows by what they hold."""
    if one is None or other is None or isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) or isinstance(other, str):
        return isinstance(one, str) and isinstance(other, str) and one == other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(part, other[key]) for key, part in one.items())
    first, second = number(one), number(other)
    return first is not None and second is not None and exact(first) == exact(second)


def order(one: Any, other: Any) -> int | None:
    """-1, 0 or 1 as the first is less, the same or greater: two numbers, or two texts by their characters' codes.

    Dates and times are ISO 8601, so the order of their texts is theirs. None for blanks and whatever else.
    """
    if isinstance(one, str) and isinstance(other, str):
        return (one > other) - (one < other)
    first, second = number(one), number(other)
    if first is None or second is None:
        return None
    left, right = exact(first), exact(second)
    return None if left is None or right is None else (left > right) - (left < right)
