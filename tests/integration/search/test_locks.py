"""Locks between processes."""

import threading

import pytest
from django.db import connection

from search.locks import exclusive

pytestmark = pytest.mark.django_db


def _elsewhere(name: str) -> bool:
    """Whether somebody with a connection of their own gets the lock now."""
    got: list[bool] = []

    def attempt() -> None:
        try:
            with exclusive(name) as mine:
                got.append(mine)
        finally:
            connection.close()

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    return got[0]


def test_one_at_a_time_holds_a_lock_and_nobody_waits() -> None:
    with exclusive("test.a") as mine:
        assert mine
        assert not _elsewhere("test.a")
        assert _elsewhere("test.b")
    assert _elsewhere("test.a")


def test_a_lock_is_free_again_after_a_failure() -> None:
    with pytest.raises(RuntimeError), exclusive("test.a"):
        raise RuntimeError
    assert _elsewhere("test.a")
