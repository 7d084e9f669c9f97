"""Reading ahead."""

import threading
from functools import partial

import pytest
from django.utils import translation
from django.utils.translation import get_language

from forms.exchange.exports.ahead import begun_ahead


@pytest.mark.parametrize("most", [1, 2, 3])
def test_the_next_pieces_are_begun_before_the_one_before_has_been_used(most: int) -> None:
    begun = [threading.Event() for _ in range(5)]

    def piece(number: int) -> int:
        begun[number].set()
        return number

    seen = []
    for number in begun_ahead([partial(piece, number) for number in range(len(begun))], most=most):
        assert all(one.wait(10) for one in begun[number + 1 : number + 1 + most])
        assert not any(one.is_set() for one in begun[number + 1 + most :])
        seen.append(number)
    assert seen == list(range(len(begun)))
    assert list(begun_ahead([], most=most)) == []


def test_pieces_speak_the_language_of_whoever_asks() -> None:
    with translation.override("en"):
        assert list(begun_ahead([get_language, get_language], most=2)) == ["en", "en"]


def test_a_failure_comes_to_whoever_asks_and_nothing_more_is_begun() -> None:
    def fails() -> int:
        raise OSError("the line is broken")

    before = set(threading.enumerate())
    pieces = begun_ahead([lambda: 1, fails, lambda: 3], most=1)
    assert next(pieces) == 1
    with pytest.raises(OSError, match="line"):
        next(pieces)
    assert list(pieces) == []
    assert set(threading.enumerate()) <= before
