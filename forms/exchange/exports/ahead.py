"""Reading ahead: while one piece is being written, the database works on the next."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import translation

T = TypeVar("T")


def begun_ahead(pieces: Iterable[Callable[[], T]], *, most: int) -> Iterator[T]:
    """What the pieces give, in their order; while one is being used, `most` more are being made in threads.

    The threads have the language of the caller and database connections of their own, which are closed in the end, also
    where the caller stops early.
    """
    language, waiting, opened = translation.get_language(), deque[Future[T]](), set[BaseDatabaseWrapper]()

    def made(piece: Callable[[], T]) -> T:
        opened.add(connections[connection.alias])
        with translation.override(language):
            return piece()

    threads = ThreadPoolExecutor(most)
    try:
        for piece in pieces:
            waiting.append(threads.submit(made, piece))
            if len(waiting) > most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        threads.shutdown(cancel_futures=True)
        for one in opened:
            one.inc_thread_sharing()  # its thread has ended
            one.close()
