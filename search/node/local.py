"""Starts and stops one real Elasticsearch node on the loopback interface."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from search.node.build import class_path, ensure_built, java_tool

HOST = "127.0.0.1"
MAIN_CLASS = "org.elasticsearch.node.LocalNode"
START_SECONDS = 120.0
STOP_SECONDS = 30.0
RELEASE_SECONDS = 15.0
POLL_SECONDS = 0.1

# A node of a few megabytes on a shared machine: quick to start and small counts for more than peak throughput.
JVM_OPTIONS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")

# The node's own shutdown must still be able to log.
SYSTEM_PROPERTIES = ("-Dlog4j.shutdownHookEnabled=false", "-Dfile.encoding=UTF-8")

# A status query must not leave the machine, whatever proxy the environment names.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class NodeError(RuntimeError):
    """The node did not start; the message ends with the last lines of its log."""


class LocalNode:
    """One Elasticsearch node, as a context manager or by ``start()`` and ``stop()``.

    ``port`` 0 takes a free one at the first start and keeps it, so a node that was stopped comes back at the same
    address with the same data. Without ``data_dir`` everything lies in a temporary folder that ``close()``, called at
    the end of the ``with`` block, removes. ``heap`` is Java's notation (``512m``). ``settings`` are those of
    elasticsearch.yml and win over the node's own. A cluster: the first node with ``alone=False``, each further one with
    ``joins`` naming the running first; they hold data only, so any of them may be lost.

    The node ends with the process that started it, even when that is killed: it watches its standard input.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        data_dir: Path | None = None,
        heap: str = "512m",
        alone: bool = True,
        joins: "LocalNode | None" = None,
        settings: Mapping[str, str] | None = None,
        jvm_options: Sequence[str] = JVM_OPTIONS,
    ) -> None:
        self.port = port
        self.heap = heap
        self.home = (data_dir or Path(tempfile.mkdtemp(prefix="elasticsearch-"))).resolve()
        self._temporary = data_dir is None
        self._settings = _cluster_settings(self.home, alone=alone, joins=joins) | dict(settings or {})
        self._jvm_options = tuple(jvm_options)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Address of the HTTP interface; known from the first start on."""
        if not self.port:
            raise NodeError("The node has no address yet: it was never started.")
        return f"http://{HOST}:{self.port}"

    @property
    def transport_address(self) -> str:
        """Where other nodes of a cluster find this one, ``host:port``; for their ``discovery.seed_hosts``."""
        return self._read_address("transport")

    @property
    def log_path(self) -> Path:
        """The node's log; each start begins it anew."""
        return self.home / "logs" / "node.log"

    @property
    def pid(self) -> int | None:
        """Process number of the running node."""
        return self._process.pid if self._process and self.running else None

    @property
    def running(self) -> bool:
        """Whether the process is alive."""
        return self._process is not None and self._process.poll() is None

    def start(self, *, within: float = START_SECONDS) -> Self:
        """Build the node if needed, start it and return once it answers and all its primary shards are up.

        Raises ``BuildError`` without Maven or a JDK, and ``NodeError`` when the port or the folder is in use, the
        process ends, or it is not ready ``within`` that many seconds.
        """
        if self.running:
            return self
        built = ensure_built()
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        with _folder_lock(self.home) as lock:
            if self.port:
                _refuse_taken_port(self.port)
            for stale in self.log_path.parent.glob("*.ports"):
                stale.unlink()
            with self.log_path.open("wb") as log:
                self._process = subprocess.Popen(
                    self._command(built),
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    cwd=self.home,
                    # The node inherits the lock, so the folder stays locked exactly as long as it lives.
                    pass_fds=(lock,),
                    # Ctrl-C in a terminal reaches the parent only, which then stops the node in order.
                    start_new_session=True,
                )
        try:
            self._wait_until_ready(time.monotonic() + within)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Shut the node down in order and wait for it; data and address stay for the next ``start()``."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def kill(self) -> None:
        """End it at once, as a power cut would; data and address stay for the next ``start()``."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        """Stop for good: removes the folder too if it was a temporary one."""
        self.stop()
        if self._temporary:
            shutil.rmtree(self.home, ignore_errors=True)

    def wait(self) -> int:
        """Block until the process ends; returns its exit status."""
        return self._process.wait() if self._process else 0

    def __enter__(self) -> Self:
        """Start the node."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the node."""
        self.close()

    def log_tail(self, lines: int = 25) -> str:
        """The last lines of the log, for messages about what went wrong."""
        text = self.log_path.read_text(encoding="utf-8", errors="replace") if self.log_path.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def _command(self, built: Path) -> list[str]:
        settings = {
            "path.home": str(self.home),
            "path.data": str(self.home / "data"),
            "path.logs": str(self.log_path.parent),
            "node.name": "local",
            "node.portsfile": "true",
            "network.host": HOST,
            "http.port": str(self.port),
            "transport.port": "0",
            "discovery.type": "single-node",
            # A development machine's disk is often nearly full; that must not make indexes read-only.
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "logger.level": "INFO",
            **self._settings,
        }
        return [
            java_tool("java"),
            f"-Xmx{self.heap}",
            *self._jvm_options,
            *SYSTEM_PROPERTIES,
            "-cp",
            class_path(built),
            MAIN_CLASS,
            *(f"{name}={value}" for name, value in settings.items()),
        ]

    def _wait_until_ready(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            if not self.running:
                raise NodeError(f"Elasticsearch ended while starting. Log {self.log_path}:\n{self.log_tail()}")
            if self._is_ready():
                return
            time.sleep(POLL_SECONDS)
        raise NodeError(f"Elasticsearch was not ready in time. Log {self.log_path}:\n{self.log_tail()}")

    def _is_ready(self) -> bool:
        try:
            port = int(self._read_address("http").rpartition(":")[2])
            health = f"http://{HOST}:{port}/_cluster/health?wait_for_status=yellow&timeout=1s"
            with _opener.open(health, timeout=5) as answer:
                ready = not json.load(answer)["timed_out"]
        except (OSError, urllib.error.HTTPError):
            return False
        if ready:
            self.port = port
        return ready

    def _read_address(self, kind: str) -> str:
        """The first address that the node wrote down after binding; ``OSError`` before that."""
        return (self.log_path.parent / f"{kind}.ports").read_text(encoding="utf-8").split()[0]


def _cluster_settings(home: Path, *, alone: bool, joins: LocalNode | None) -> dict[str, str]:
    """What makes a node one of several. The cluster has a name of its own: no other node is found by chance."""
    if joins:
        return {
            "discovery.type": "multi-node",
            "cluster.name": f"local-{joins.home.name}",
            "discovery.seed_hosts": joins.transport_address,
            "node.name": home.name,
            "node.roles": "data",
        }
    if alone:
        return {}
    return {
        "discovery.type": "multi-node",
        "cluster.name": f"local-{home.name}",
        "node.name": home.name,
        "cluster.initial_master_nodes": home.name,
    }


@contextmanager
def _folder_lock(folder: Path) -> Iterator[int]:
    """Lock a node's folder and yield the lock's file descriptor; a node that is just ending is waited for."""
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + RELEASE_SECONDS
    try:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise NodeError(f"Another Elasticsearch node is using {folder}.") from error
                time.sleep(POLL_SECONDS)
        yield lock
    finally:
        os.close(lock)


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        # As the server does: connections that are only fading out do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise NodeError(
                f"Port {port} on {HOST} is in use. Stop what listens there, or choose another port."
            ) from error
