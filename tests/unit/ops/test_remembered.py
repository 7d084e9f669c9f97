"""What is kept in memory."""

import threading

from portal.ops.remembered import Remembered


def test_a_value_is_made_once_and_everything_is_begun_anew_when_it_is_full() -> None:
    made: list[int] = []

    def value(number: int) -> int:
        return kept.get(number, lambda: made.append(number) or -number)  # type: ignore[func-returns-value]

    kept: Remembered[int, int] = Remembered(most=2)
    assert [value(number) for number in (1, 2, 1, 2)] == [-1, -2, -1, -2]
    assert made == [1, 2]
    assert [value(number) for number in (3, 3, 1)] == [-3, -3, -1]
    assert made == [1, 2, 3, 1]


def test_whoever_asks_while_another_begins_anew_is_answered() -> None:
    kept: Remembered[int, int] = Remembered(most=1)
    inside, go_on = threading.Event(), threading.Event()
    found: list[int] = []

    def slow() -> int:
        inside.set()
        go_on.wait(10)
        return -1

    asking = threading.Thread(target=lambda: found.append(kept.get(1, slow)))
    asking.start()
    assert inside.wait(10)
    assert kept.get(2, lambda: -2) == -2  # the memory is full now, and will be emptied for the first
    go_on.set()
    asking.join(10)
    assert found == [-1]
    assert kept.get(2, lambda: -2) == -2
