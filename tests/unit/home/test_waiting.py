"""What waits for a person."""

import pytest

from home import waiting
from home.waiting import Waiting, ask, what_waits_for
from portal.accounts.models import User

NOBODY = User(username="nobody")


@pytest.fixture(autouse=True)
def _no_rooms_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_providers", [])


def test_without_rooms_that_count_nothing_waits() -> None:
    assert what_waits_for(NOBODY) == []


def test_what_is_urgent_comes_first_and_nothing_is_said_of_what_is_done() -> None:
    lines = [Waiting("to fill in", 3, "/todo/"), Waiting("to read", 0, "/read/"), Waiting("late", 1, "/late/", True)]
    ask(lambda user: lines)
    assert [line.label for line in what_waits_for(NOBODY)] == ["late", "to fill in"]


def test_a_room_that_is_asked_twice_answers_once() -> None:
    def provider(user: User) -> list[Waiting]:
        return [Waiting("to fill in", 3, "/todo/")]

    ask(provider)
    ask(provider)
    assert len(what_waits_for(NOBODY)) == 1
