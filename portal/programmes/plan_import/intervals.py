"""Asking quickly whether a place lies in one of many stretches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator


class Intervals:
    """Half-open stretches that do not overlap each other, kept in order; every question takes logarithmic time."""

    def __init__(self, stretches: Iterable[tuple[int, int]] = ()) -> None:
        self._stretches = sorted(stretches)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._stretches)

    def add(self, start: int, end: int) -> None:
        """Add a stretch."""
        insort(self._stretches, (start, end))

    def contains(self, place: int) -> bool:
        """Tell whether ``place`` lies in a stretch."""
        index = bisect_right(self._stretches, (place, float("inf"))) - 1
        return index >= 0 and place < self._stretches[index][1]

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether some stretch shares a place with ``start``–``end``."""
        index = bisect_left(self._stretches, (end, 0)) - 1
        return index >= 0 and start < self._stretches[index][1]

    def gaps(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the parts of ``start``–``end`` that no stretch covers."""
        index = max(0, bisect_left(self._stretches, (start, 0)) - 1)
        position = start
        for left, right in self._stretches[index:]:
            if left >= end:
                break
            if position < left:
                yield position, left
            position = max(position, right)
        if position < end:
            yield position, end
