"""The circuit breaker, and pauses between attempts."""

from search.engines.breaker import Breaker
from search.rules import LONGEST_PAUSE, pause


class Clock:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_lets_requests_through_until_the_engine_failed_twice() -> None:
    breaker = Breaker(failures=2, pause=10, clock=Clock())
    breaker.failed()
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()


def test_after_the_pause_one_request_tries() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, pause=10, clock=clock)
    breaker.failed()
    clock.now = 10
    assert breaker.allows()
    assert not breaker.allows()


def test_success_closes_it() -> None:
    clock = Clock()
    breaker = Breaker(failures=1, pause=10, clock=clock)
    breaker.failed()
    clock.now = 10
    assert breaker.allows()
    breaker.succeeded()
    assert all(breaker.allows() for _ in range(3))


def test_failures_must_follow_one_another() -> None:
    breaker = Breaker(failures=2, pause=10, clock=Clock())
    for _ in range(5):
        breaker.failed()
        breaker.succeeded()
    assert breaker.allows()


def test_pauses_grow_up_to_a_minute() -> None:
    pauses = [pause(failures) for failures in range(1, 40)]
    assert pauses == sorted(pauses)
    assert pauses[0].total_seconds() == 2
    assert pauses[-1] == LONGEST_PAUSE
