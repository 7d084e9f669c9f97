"""Pieces of XPath, and how tightly they hold together."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

OR, AND, EQUAL, ORDER, SUM, PRODUCT, ATOM = range(7)
"""How tightly an expression holds together (XPath 1.0, 3.4 and 3.5)."""

TRUE, FALSE = "true()", "false()"


class InexpressibleError(Exception):
    """XPath has nothing for it; the workbook's own sheet keeps it."""


@dataclass(frozen=True)
class Text:
    """An expression as text, and how tightly it holds together."""

    text: str
    holds: int = ATOM

    def within(self, holds: int) -> str:
        """The text, in brackets where it would fall apart."""
        return self.text if self.holds >= holds else f"({self.text})"


def literal(value: Any) -> Text:
    """A constant."""
    if isinstance(value, bool):
        return Text(TRUE if value else FALSE)
    if isinstance(value, int | float):
        return Text(f"{Decimal(repr(value)):f}")
    if isinstance(value, str):
        return Text(quoted(value))
    raise InexpressibleError


def quoted(value: str) -> str:
    """A text in quotes. XPath has no escapes: one that has both kinds is put together."""
    if "${" in value or "\n" in value:
        raise InexpressibleError
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value:
        return f'"{value}"'
    parts = [f"'{part}'" for part in value.split("'")]
    return f"""concat({''', "'", '''.join(parts)})"""
