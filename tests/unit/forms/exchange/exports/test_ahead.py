"""Reading ahead."""

import threading

import pytest
from django.utils import translation
from django.utils.translation import get_language

from forms.exchange.exports.ahead import one_ahead


def test_the_next_piece_is_begun_before_the_one_before_has_been_used() -> None:
    begun = [threading.Event() for _ in range(4)]

    def piece(number: int) -> int:
        begun[number].set()
        return number

    seen = []
    for number in one_ahead([lambda number=number: piece(number) for number in range(4)]):  # type: ignore[misc]
        if number < 3:
            assert begun[number + 1].wait(10)
        assert not any(one.is_set() for one in begun[number + 2 :])
        seen.append(number)
    assert seen == [0, 1, 2, 3]
    assert list(one_ahead([])) == []


def test_pieces_speak_the_language_of_whoever_asks() -> None:
    with translation.override("en"):
        assert list(one_ahead([get_language, get_language])) == ["en", "en"]


def test_a_failure_comes_to_whoever_asks_and_nothing_more_is_begun() -> None:
    def fails() -> int:
        raise OSError("the line is broken")

    before = set(threading.enumerate())
    pieces = one_ahead([lambda: 1, fails, lambda: 3])
    assert next(pieces) == 1
    with pytest.raises(OSError, match="line"):
        next(pieces)
    assert list(pieces) == []
    assert set(threading.enumerate()) <= before
