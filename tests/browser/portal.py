"""The portal as `make run` starts it: web server and worker in processes of their own, with the demonstration data."""

import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.services import free_port
from tests.services.kept import DATABASE, SESSION_OF, demonstration, sessions
from tests.services.process import wait_until

ROOT = Path(__file__).resolve().parents[2]


MAKE_RUN = ("-m", "portal.ops.devserver")
SERVE = ("-c", "import sys; from portal.ops.devserver import main; sys.exit(main(prepared=True))")
"""The same for a data folder on which `make run` has nothing left to prepare."""
ANSWER = """
import contextlib, io, json, sys
for line in sys.stdin:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(json.loads(line), {})
    print(json.dumps(said.getvalue()), flush=True)
"""
"""What the portal's own Python does with each line that it is given: it runs the code in it and says what that said."""
OPEN_SESSION = """INSERT INTO django_session (session_key, session_data, expire_date)
SELECT ?, session_data, expire_date FROM django_session WHERE session_key = ?"""


class RunningPortal:
    """Started on entering, stopped on leaving; everything it writes lies in `folder`."""

    start = MAKE_RUN

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder / "portal.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.python: subprocess.Popen[str] | None = None
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DJANGO_"))}
        self.environment = kept | {
            "PORT": str(self.port),
            "PORTAL_DATA_DIR": str(folder / "data"),
            **(environment or {}),
        }

    @property
    def url(self) -> str:
        """Address without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, *self.start],
                cwd=ROOT,
                env=self.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        wait_until(lambda: self.url in self.log.read_text(errors="replace"), self.process, self.log, seconds=180)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.python:
            self.python.communicate(timeout=40)  # nothing more to be read ends it
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=40)

    def session(self, username: str) -> str:
        """The key of a new session of a demonstration's account, as if its person had signed in just now."""
        key = secrets.token_hex(16)
        with closing(sqlite3.connect(self.folder / "data" / DATABASE, timeout=30)) as database, database:
            found = database.execute(OPEN_SESSION, [key, SESSION_OF.format(username)]).rowcount
        if found:
            return key
        self.manage(*sessions())
        return self.session(username)

    def manage(self, *arguments: str) -> str:
        """Run a management command against the running portal's data."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout

    def run(self, code: str) -> str:
        """What Python code prints in the portal's settings, on its data; AssertionError when it fails.

        One process is kept for it: to load the portal takes longer than anything that is asked.
        """
        if self.python is None:
            self.python = subprocess.Popen(
                [sys.executable, "manage.py", "shell", "--no-imports", "-c", ANSWER],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.python.stdin
        assert self.python.stdout
        self.python.stdin.write(json.dumps(code) + "\n")
        self.python.stdin.flush()
        said = self.python.stdout.readline()
        assert said, f"failed, as is told above: {code}"
        return str(json.loads(said))


def furnished(folder: Path, environment: Mapping[str, str] | None = None) -> RunningPortal:
    """A portal whose data folder is a copy of the demonstration's: it starts in seconds."""
    shutil.copytree(demonstration(), folder / "data")
    portal = RunningPortal(folder, environment)
    portal.start = SERVE
    return portal
