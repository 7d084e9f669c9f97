"""Periodic work: rooms register it in their AppConfig, the worker runs it.

A periodic function must be safe to run twice and after a pause of a week: what it does follows from the database,
not from having been called on time.

One that may have much to do is a generator: it does some, yields, and every other job that is due has its turn before
it goes on.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

Job = Callable[[], object]

SMALL_HOURS = (1, 5)
"""Local hours for what can wait until people sleep: from the first, before the second."""


def is_small_hours(now: datetime.datetime) -> bool:
    """Whether it is night at this local moment."""
    first, end = SMALL_HOURS
    return first <= now.hour < end


@dataclass(frozen=True)
class Periodic:
    """A function and how many seconds lie between the end of one run and the start of the next."""

    name: str
    seconds: float
    run: Job


_registered: dict[str, Periodic] = {}


def every(*, seconds: float, name: str = "") -> Callable[[Job], Job]:
    """Register a function; registering the same name again replaces it."""

    def register(function: Job) -> Job:
        label = name or f"{function.__module__}.{function.__name__}"
        _registered[label] = Periodic(label, seconds, function)
        return function

    return register


def registered() -> list[Periodic]:
    """All periodic work, by name."""
    return [_registered[name] for name in sorted(_registered)]
