"""The two that are compared, each under gunicorn with two workers, on the same PostgreSQL server."""

import json
import os
import re
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from tests.benchmarks.peers.client import Browser
from tests.services import free_port
from tests.services.process import accepts, wait_until

ROOT = Path(__file__).resolve().parents[3]
WORKERS = ["-w", "2", "--timeout", "600"]
"""Long requests are measured, not cut off."""
WORK = Path(os.environ.get("PORTAL_PEER_WORK", "."))
"""What peer_wagtail.sh has prepared."""
MANY = int(os.environ.get("PORTAL_BENCH_REPORTS", "100000"))
"""Submissions where there are very many."""


class Server(ABC):
    """Started on entering, stopped on leaving."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.database_port, self.port = folder, port, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    @abstractmethod
    def environment(self) -> dict[str, str]:
        """What the program is started with."""

    @abstractmethod
    def command(self) -> tuple[list[str], Path]:
        """The program, and where it is run."""

    def manage(self, *arguments: str) -> str:
        """What a command says."""
        (program, *_), place = self.command()
        python = Path(program).parent / "python"
        done = subprocess.run(
            [python, *arguments], cwd=place, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def __enter__(self) -> Self:
        command, place = self.command()
        log = self.folder / "gunicorn.log"
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [*command, *WORKERS, "-b", f"127.0.0.1:{self.port}"],
                cwd=place, env=self.environment, stdout=out, stderr=out,
            )  # fmt: skip
        wait_until(lambda: accepts(self.port), self.process, log)
        return self

    def __exit__(self, *_error: object) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(20)

    def workers(self) -> list[int]:
        """Numbers of the processes that answer."""
        assert self.process is not None
        return children(self.process.pid)

    def memory(self) -> dict[str, float]:
        """MiB that the larger worker holds now, and the most that one has held."""
        return memory(self.workers())


def children(process: int) -> list[int]:
    """Numbers of the processes that another has begun."""
    return [int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def memory(processes: Sequence[int]) -> dict[str, float]:
    """MiB that the largest of them holds now, and the most that one has held."""
    texts = [Path(f"/proc/{number}/status").read_text() for number in processes]
    now, most = (
        max(int(re.findall(rf"{name}:\s+(\d+)", text)[0]) for text in texts) / 1024 for name in ("VmRSS", "VmHWM")
    )
    return {"now": now, "most": most}


def forget_most(processes: Sequence[int]) -> None:
    """Let the most that they have held begin anew with what they hold."""
    for number in processes:
        Path(f"/proc/{number}/clear_refs").write_text("5")


class Wagtail(Server):
    """Stock Wagtail with its own forms, as peer_wagtail.sh sets it up; connections are kept (CONN_MAX_AGE)."""

    name = "wagtail"

    @property
    def environment(self) -> dict[str, str]:
        """Its production settings."""
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "peer.settings.production",
            "PEER_PG_PORT": str(self.database_port),
            "PEER_CONN_MAX_AGE": "60",
            "PEER_SCRIPTS": os.environ["PORTAL_PEERS"],
            "PYTHONPATH": "",
        }

    def command(self) -> tuple[list[str], Path]:
        """The peer's own environment."""
        return [str(self.folder / "venv/bin/gunicorn"), "peer.wsgi:application"], self.folder / "peer"

    def seed(self, count: int) -> None:
        """So many submissions; those before are gone."""
        self.manage("manage.py", "peer_seed", "submissions", str(count))

    @property
    def listing(self) -> str:
        """Address of the list of submissions."""
        return f"/admin/forms/submissions/{(self.folder / 'form_id').read_text().strip()}/"

    def sign_in(self, browser: Browser) -> None:
        """As its administrator."""
        address = "/admin/login/"
        page = browser.get(address).text
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
        fields = {"username": "admin", "password": "secret123", "csrfmiddlewaretoken": token, "next": "/admin/"}
        assert browser.post(address, fields).status == 302


class Portal(Server):
    """The portal with its production settings."""

    name = "portal"
    made: dict[str, Any]

    @property
    def environment(self) -> dict[str, str]:
        """As an installation has it; no HTTPS and no limit of sendings here."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DJANGO_"))}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "PORTAL_SECRET_KEY": "benchmark-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
            "PORTAL_ALLOWED_HOSTS": "127.0.0.1",
            "PORTAL_DATABASE_URL": f"postgres://postgres@127.0.0.1:{self.database_port}/portal",
            "PORTAL_SSL_REDIRECT": "0",
            "PORTAL_SUBMIT_RATE": "1000000/m",
            "PORTAL_SEARCH_ENGINE": "embedded",
            "PORTAL_DATA_DIR": str(self.folder),
        }

    def command(self) -> tuple[list[str], Path]:
        """The environment that this runs in."""
        return [str(Path(sys.executable).parent / "gunicorn"), "portal.wsgi"], ROOT

    def prepare(self) -> None:
        """Tables and static files."""
        self.manage("manage.py", "migrate", "-v", "0")
        self.manage("manage.py", "collectstatic", "--noinput", "-v", "0")

    def seed(self, open_each: int, sent: int) -> None:
        """Reports to be filled in for each of eight people, and reports that were accepted."""
        self.made = json.loads(self.manage("-m", "tests.benchmarks.peers.seed", str(open_each), str(sent)))


class Worker:
    """The portal's worker beside its web server, started on entering, stopped on leaving."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        (program, *_), place = self.portal.command()
        command = [str(Path(program).parent / "python"), "manage.py", "run_worker"]
        with (self.portal.folder / "worker.log").open("ab") as out:
            self.process = subprocess.Popen(
                command, cwd=place, env=self.portal.environment, stdout=out, stderr=out
            )  # fmt: skip
        return self

    def __exit__(self, *_error: object) -> None:
        assert self.process is not None
        self.process.terminate()
        self.process.wait(30)

    @property
    def number(self) -> int:
        """Its process."""
        assert self.process is not None
        return self.process.pid
