"""What a question offers to choose from, and finding a choice by what somebody typed."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cached_property


def plain(label: str) -> str:
    """The label as it is compared with what was typed: width, case and spaces do not count."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", label)).casefold()


class Offer:
    """Codes and labels in order, worked out once however many rows of a table ask for them."""

    def __init__(self, pairs: Callable[[], Iterable[tuple[str, str]]]) -> None:
        self._pairs = pairs

    @cached_property
    def labels(self) -> dict[str, str]:
        """Labels by code."""
        return {str(code): str(label) for code, label in self._pairs() if code != ""}

    @cached_property
    def codes(self) -> dict[str, str]:
        """Codes by plain label; of two that read the same the first."""
        found: dict[str, str] = {}
        for code, label in self.labels.items():
            found.setdefault(plain(label), code)
        return found

    def code_of(self, typed: str) -> str | None:
        """The code that was typed, or the one behind the label that was typed."""
        return typed if typed in self.labels else self.codes.get(plain(typed))
