"""Bringing everything to the index, and asking as somebody."""

import threading
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from portal.accounts.models import User
from portal.units.access import access_for
from search.draining import drain
from search.engines.base import Query, Results
from search.finding import find
from search.locks import exclusive
from search.models import OutboxEntry
from tests.integration.queue import run_queued


def settle() -> None:
    """Run the queued tasks and bring everything that is due to the engines."""
    run_queued()
    drain()
    run_queued()
    drain()


def ask_as(user: "User | AnonymousUser", text: str, **values: Any) -> Results:
    """What a person is answered."""
    return find(Query(tokens=access_for(user).tokens(), text=text, **values)).results


def found_by(user: "User | AnonymousUser", text: str) -> list[str]:
    """Titles of what a person finds."""
    return ["".join(piece.text for piece in hit.title) for hit in ask_as(user, text).hits]


def found(text: str) -> list[str]:
    """Titles of what anybody finds."""
    return found_by(AnonymousUser(), text)


def waiting() -> int:
    """Changes that no index knows yet."""
    return OutboxEntry.objects.count()


def gets_lock_elsewhere(name: str) -> bool:
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
