"""What `make run` starts, it stops; what is in its way, it names."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

from tests.browser.portal import ROOT, RunningPortal
from tests.services import free_port
from tests.services.kept import demonstration
from tests.services.process import accepts


def descendants(pid: int) -> set[int]:
    """Processes started by a process, directly or not."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(child): int(parent) for child, parent in (line.split() for line in listed.splitlines())}
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def is_running(pid: int) -> bool:
    """Whether the process exists (and is no leftover waiting to be reaped)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_ctrl_c_stops_server_and_worker(tmp_path: Path) -> None:
    shutil.copytree(demonstration(), tmp_path / "data")  # made by the same commands, from nothing
    with RunningPortal(tmp_path) as portal:
        assert portal.process
        started = descendants(portal.process.pid)
        assert len(started) >= 3  # gunicorn's two and the worker
        portal.process.send_signal(signal.SIGINT)
        assert portal.process.wait(timeout=40) == 0
    assert [pid for pid in started if is_running(pid)] == []
    assert not accepts(portal.port)
    printed = portal.log.read_text()
    assert "demo-Portal-2026" in printed
    assert portal.url in printed


def test_a_port_that_is_taken_is_named_with_the_way_out(tmp_path: Path) -> None:
    port = free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        environment = os.environ | {"PORT": str(port), "PORTAL_DATA_DIR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-m", "portal.ops.devserver"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert "PORT=8001 make run" in done.stderr
