"""Reading a file in a process of its own, with limits.

A file can be made to fill the memory of whoever opens it: readers of workbooks lay a sheet out as a full rectangle, and
two cells in opposite corners of a file of 2 kB would take 400 GB. Such a file ends the process that reads it; the web
server only learns that it failed. Nothing here imports Django, so that the process starts quickly.
"""

import contextlib
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
MEMORY_BYTES = 1024 * 1024 * 1024
SECONDS = 30
"""Of processor time."""


class UnreadableError(Exception):
    """The file is not what it should be, or was made to exhaust the machine."""


class TooLongError(Exception):
    """A sheet has more rows than are looked at; the message names the sheet."""


def ask(module: str, data: bytes, *arguments: str) -> Any:
    """What the module's process says of the file, out of JSON; UnreadableError where it fails."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=PROJECT,
            input=data,
            capture_output=True,
            timeout=SECONDS * 2,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError from error
    if done.returncode:
        raise UnreadableError
    return json.loads(done.stdout)


def answer(read: Callable[[bytes], Any], *broken: type[Exception]) -> int:
    """Be that process: read standard input, write what was found; gives the exit code.

    `broken` are the exceptions by which `read` says that the file is no good. What `read` prints is no answer.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    faults: tuple[type[Exception], ...] = (*broken, OSError, MemoryError, RecursionError)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            found = read(sys.stdin.buffer.read())
    except faults:
        return 1
    json.dump(found, sys.stdout)
    return 0
