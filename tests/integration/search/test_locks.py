"""Locks between processes."""

import threading

import pytest
from django.db import connection

from search.locks import exclusive, exclusive_soon
from tests.integration.search.asking import gets_lock_elsewhere

pytestmark = pytest.mark.django_db


def test_one_at_a_time_holds_a_lock_and_nobody_waits() -> None:
    with exclusive("test.a") as mine:
        assert mine
        assert not gets_lock_elsewhere("test.a")
        assert gets_lock_elsewhere("test.b")
    assert gets_lock_elsewhere("test.a")


def test_a_lock_is_free_again_after_a_failure() -> None:
    with pytest.raises(RuntimeError), exclusive("test.a"):
        raise RuntimeError
    assert gets_lock_elsewhere("test.a")


def test_whoever_waits_gets_the_lock_once_it_is_free_or_goes_without() -> None:
    taken, release = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with exclusive("test.a"):
                taken.set()
                release.wait(10)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    taken.wait(10)
    with exclusive_soon("test.a", 0) as mine:
        assert not mine
    threading.Timer(0.1, release.set).start()
    with exclusive_soon("test.a", 10) as mine:
        assert mine
    holder.join()
