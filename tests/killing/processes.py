"""Forks that do some work and end before a chosen step of it."""

import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

INHERITED: list[object] = []
"""What must not be closed by being forgotten."""

Work = Callable[[], object]

READS = ("SELECT", "PRAGMA", "WITH", "EXPLAIN", "SHOW", "--")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
FILES = frozenset({"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.truncate"})


class Steps:
    """Counts the steps of this process, and ends it before one of them (the first is 1)."""

    def __init__(self, last: int | None = None) -> None:
        self.last = last
        self.taken = 0

    def watch(self) -> None:
        """Begin. There is no end of it: the process is there for nothing else."""
        from django.db import connection
        from django.db.backends.base.base import BaseDatabaseWrapper

        modules: tuple[Any, ...] = (sqlite3, sqlite3.dbapi2)
        for module in modules:  # SQLite tells of its statements itself, whoever's they are
            module.connect = self._telling(module.connect)
        if connection.vendor != "sqlite":
            commit = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]

            def committing(wrapper: BaseDatabaseWrapper) -> None:
                self.step()
                commit(wrapper)

            BaseDatabaseWrapper._commit = committing  # type: ignore[attr-defined]
            connection.execute_wrappers.append(self._executing)
        sys.addaudithook(self._audit)

    def step(self) -> None:
        """Whatever comes next may leave something behind."""
        self.taken += 1
        if self.taken == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def _telling(self, connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
        def connected(*args: Any, **kwargs: Any) -> sqlite3.Connection:
            found = connect(*args, **kwargs)
            found.set_trace_callback(self._statement)
            return found

        return connected

    def _executing(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self._statement(sql)
        return execute(sql, *rest)

    def _statement(self, sql: str) -> None:
        if not sql.lstrip(" \n(").startswith(READS) or "FOR UPDATE" in sql:
            self.step()

    def _audit(self, event: str, values: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(values[2], int) and values[2] & WRITING
        if event == "http.client.send" or ((writes or event in FILES) and _is_ours(values[0])):
            self.step()


def _is_ours(path: object) -> bool:
    """Whether it lies in the data folder and is none of SQLite's own files."""
    return isinstance(path, str | Path) and str(path).startswith(str(settings.DATA_DIR)) and ".sqlite3" not in str(path)


def in_a_process_of_its_own(work: Work) -> int:
    """Do the work in a fork; gives the signal that ended it, 0 for none. SystemExit where it failed by itself."""
    from django.db import connection

    if connection.vendor == "sqlite":  # it does not bear being forked: the child would believe in its parent's locks
        connection.close()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _let_go_of_connections()
            work()
            code = 0
        except BaseException:
            sys.excepthook(*sys.exc_info())
            raise
        finally:
            sys.stderr.flush()
            os._exit(code)  # nothing of the parent's is to be ended twice
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit("the work failed by itself")
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def _let_go_of_connections() -> None:
    """Those that were inherited are the parent's: neither used nor closed here. The process opens its own."""
    from django.db import connections

    for name in connections:
        INHERITED.append(connections[name])
        del connections[name]


def steps_of(work: Work) -> int:
    """How many steps the work takes, in a process that runs through."""
    reading, writing = os.pipe()

    def counted() -> None:
        steps = Steps()
        steps.watch()
        work()
        os.write(writing, str(steps.taken).encode())

    in_a_process_of_its_own(counted)
    os.close(writing)
    with os.fdopen(reading) as said:
        return int(said.read())


def killed_before(step: int, work: Work) -> bool:
    """Do the work in a process that is killed before the step, or at the end of it where it takes fewer.

    Whether it was the step that ended it.
    """
    reading, writing = os.pipe()

    def doomed() -> None:
        steps = Steps(step)
        steps.watch()
        work()
        os.write(writing, b"through")
        os.kill(os.getpid(), signal.SIGKILL)

    ended_by = in_a_process_of_its_own(doomed)
    os.close(writing)
    with os.fdopen(reading) as said:
        return ended_by == signal.SIGKILL and not said.read()


def killed_at_every_step(prepared: Callable[[], Work]) -> tuple[int, int]:
    """Prepare the work anew for each of its steps, kill it before that one, and do it once more; steps and killings.

    The last time it is killed at its end.
    """
    prepared()()  # whatever is made once only has been made then
    steps, killed = steps_of(prepared()), 0
    for number in range(1, steps + 2):
        work = prepared()
        killed += killed_before(number, work)
        work()
    return steps, killed
