"""Locks between processes that vanish with the process that holds them.

An index is fed by one process at a time: with two, the one that read a row earlier could write it later. Row locks
would keep a transaction open while an engine answers, and on SQLite that stops every other writer of the portal.
"""

import fcntl
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

TRIED_AGAIN_AFTER = 0.2
"""Seconds between two attempts of whoever waits for a lock."""


@contextmanager
def exclusive(name: str) -> Iterator[bool]:
    """Whether this process is now the only one within this block; it never waits.

    PostgreSQL: an advisory lock of the session. SQLite, where all processes share a machine: a lock on a file.
    """
    if connection.vendor == "postgresql":
        with _advisory(name) as mine:
            yield mine
    else:
        with _file(name) as mine:
            yield mine


@contextmanager
def exclusive_soon(name: str, seconds: float) -> Iterator[bool]:
    """The same, waiting for whoever holds it, so many seconds at most."""
    end = time.monotonic() + seconds
    while True:
        with exclusive(name) as mine:
            if mine or time.monotonic() > end:
                yield mine
                return
        time.sleep(TRIED_AGAIN_AFTER)


@contextmanager
def _advisory(name: str) -> Iterator[bool]:
    key = zlib.crc32(f"portal.{name}".encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def _file(name: str) -> Iterator[bool]:
    folder = settings.DATA_DIR / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    file = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine = True
        except BlockingIOError:
            mine = False
        yield mine
    finally:
        os.close(file)
