"""Reading ahead: while one piece is being written, the database works on the next."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from django.db import connections
from django.utils import translation

T = TypeVar("T")


def one_ahead(pieces: Iterable[Callable[[], T]]) -> Iterator[T]:
    """What the pieces give, in their order, each begun in a thread while the one before is being used.

    The thread has the language of the caller and a database connection of its own, which is closed in the end, also
    where the caller stops early.
    """
    language, waiting = translation.get_language(), None

    def made(piece: Callable[[], T]) -> T:
        with translation.override(language):
            return piece()

    with ThreadPoolExecutor(1) as thread:
        try:
            for piece in pieces:
                begun: Future[T] = thread.submit(made, piece)
                if waiting is not None:
                    yield waiting.result()
                waiting = begun
            if waiting is not None:
                yield waiting.result()
        finally:
            thread.submit(connections.close_all).result()
