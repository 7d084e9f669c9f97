"""A private PostgreSQL cluster in a temporary folder."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.services.kept import kept, manage, migrations
from tests.services.process import as_user, free_port, wait_until

DUMP = "migrated.sql"


def program(name: str) -> str:
    """Path of a PostgreSQL server program; Debian keeps them off the PATH. FileNotFoundError when not installed."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        raise FileNotFoundError(f"{name} is missing: apt-get install postgresql")
    return found


class LocalPostgres:
    """Started on entering, stopped and removed on leaving; `url` is a database of its own. It need not be durable."""

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """For PORTAL_DATABASE_URL."""
        return f"postgres://postgres@127.0.0.1:{self.port}/portal"

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        prefix, data, log = as_user("postgres"), self.folder / "data", self.folder / "log"
        quick = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run([*prefix, program("initdb"), "-D", str(data), *quick], check=True, capture_output=True)
        options = {
            "port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off",
            "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "60", "shared_buffers": "128MB",
        }  # fmt: skip
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [*prefix, program("postgres"), "-D", str(data), *settings], stdout=out, stderr=out
            )
        try:
            wait_until(self._answers, self.process, log)
            self._create_database("portal")
        except BaseException:
            self.stop()
            raise
        return self

    def _answers(self) -> bool:
        """Whether it takes questions: it listens while it is still starting up."""
        import psycopg

        try:
            with psycopg.connect(self._administration, connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    @property
    def _administration(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def _create_database(self, name: str) -> None:
        import psycopg

        with psycopg.connect(self._administration, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")

    def migrate(self, name: str) -> None:
        """Make one more database, on which the migrations have been run: once, and kept as a dump for the next time."""
        version = Path(program("pg_dump")).parents[1].name
        made = kept("dumped", f"{migrations()}-{version}", self._dump_migrated) / DUMP
        self._create_database(name)
        whole = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        self._run("psql", *whole, f"--file={made}", name)

    def _dump_migrated(self, folder: Path) -> None:
        self._create_database("dumped")
        url = f"postgres://postgres@127.0.0.1:{self.port}/dumped"
        manage("migrate", "--verbosity", "0", DJANGO_SETTINGS_MODULE="portal.settings.test", PORTAL_DATABASE_URL=url)
        self._run("pg_dump", f"--file={folder / DUMP}", "dumped")

    def _run(self, client: str, *arguments: str) -> None:
        """Run one of PostgreSQL's clients, the last argument being the database."""
        there = ["--host=127.0.0.1", f"--port={self.port}", "--username=postgres"]
        subprocess.run([program(client), *there, *arguments], check=True, capture_output=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server at once (its data are thrown away anyway)."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
