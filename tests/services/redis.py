"""A private Redis without persistence."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.services.process import accepts, free_port, wait_until


class LocalRedis:
    """Started on entering, stopped on leaving."""

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="portal-redis-"))
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """For PORTAL_REDIS_URL."""
        return f"redis://127.0.0.1:{self.port}/0"

    def __enter__(self) -> Self:
        server = shutil.which("redis-server")
        if not server:
            raise FileNotFoundError("redis-server is missing: apt-get install redis-server")
        log = self.folder / "log"
        settings = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        with log.open("wb") as out:
            self.process = subprocess.Popen([server, *settings], stdout=out, stderr=out)
        wait_until(lambda: accepts(self.port), self.process, log)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)
