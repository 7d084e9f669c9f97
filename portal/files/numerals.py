"""Chinese numbers as documents write them: 十二, 一百零三, 二〇二〇."""

DIGITS = "〇一二三四五六七八九"
UNITS = {"十": 10, "百": 100, "千": 1000}
VALUES = {digit: value for value, digit in enumerate(DIGITS)} | {"零": 0}
WRITTEN = "".join((*VALUES, *UNITS))
"""Every character that a number may be written with."""


def chinese(number: int) -> str:
    """1–9999 as 一, 十二, 一百零三; others in Arabic digits."""
    if not 0 < number < 10_000:
        return str(number)
    said, gap = "", False
    for unit, step in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, step)
        if digit:
            said += ("零" if gap else "") + DIGITS[digit] + unit
        gap = bool(said) and not digit
    return said.removeprefix("一") if said.startswith("一十") else said


def number_of(written: str) -> int | None:
    """一百二十三 as 123, 二〇二〇 as 2020; None for anything else."""
    if not written or any(one not in WRITTEN for one in written):
        return None
    if len(written) > 1 and not any(one in UNITS for one in written):
        return int("".join(str(VALUES[one]) for one in written))
    total = current = 0
    for one in written:
        if one in UNITS:
            total += (current or 1) * UNITS[one]
            current = 0
        else:
            current = VALUES[one]
    return total + current
