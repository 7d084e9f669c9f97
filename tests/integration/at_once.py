"""Several people at once, where the database lets them."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections


def at_once(*calls: Callable[[], object], refusal: type[Exception]) -> list[object]:
    """Results of the calls, refusals among them. In PostgreSQL all begin together; SQLite has one after the other."""

    def tried(call: Callable[[], object]) -> object:
        try:
            return call()
        except refusal as refused:
            return refused

    if connection.vendor != "postgresql":
        return [tried(call) for call in calls]
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        start.wait(timeout=30)
        try:
            return tried(call)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as hands:
        return list(hands.map(run, calls))
