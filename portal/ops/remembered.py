"""What is worked out once and kept in the memory of the process."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Values by what they were made from; begun anew when it holds `most`. Several threads may use it at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.known: dict[K, V] = {}

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value, made now where it is not known. Two threads may both make it; either's serves."""
        try:
            return self.known[key]
        except KeyError:
            value = make()
        if len(self.known) >= self._most:
            self.known.clear()
        self.known[key] = value
        return value
