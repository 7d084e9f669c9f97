"""A circuit breaker: once an engine failed, requests stop asking it for a while instead of waiting each time."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Opens after so many failures in a row; then lets one request through every `pause` seconds."""

    def __init__(self, *, failures: int = 2, pause: float = 10.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = failures
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._try_at = 0.0

    def allows(self) -> bool:
        """Whether to ask the engine now."""
        with self._lock:
            if self._failures < self._limit:
                return True
            if self._clock() < self._try_at:
                return False
            self._try_at = self._clock() + self._pause
            return True

    def succeeded(self) -> None:
        """The engine answered."""
        with self._lock:
            self._failures = 0

    def failed(self, *, at_once: bool = False) -> None:
        """The engine did not answer; `at_once`: trying again would cost too much to make sure of it."""
        with self._lock:
            self._failures = max(self._failures + 1, self._limit if at_once else 0)
            self._try_at = self._clock() + self._pause
