"""``make run``: the portal with demo data on one machine. Web server and worker share a terminal; Ctrl-C stops both."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"


def manage(*arguments: str) -> None:
    """Run one management command, or stop with its exit code."""
    done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def port_is_free(port: int) -> bool:
    """Whether nothing listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex((HOST, port)) != 0


def answers(port: int, process: "subprocess.Popen[bytes]", seconds: float = 30) -> bool:
    """Wait until the server accepts connections, or has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        if not port_is_free(port):
            return True
        time.sleep(0.1)
    return False


def main(*, prepared: bool = False) -> int:
    """Prepare the database unless it is, then serve until stopped."""
    port = int(os.environ.get("PORT", "8000"))
    if not port_is_free(port):
        sys.stderr.write(f"Port {port} is taken. Stop what listens there, or choose another: PORT=8001 make run\n")
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    if not prepared:
        manage("migrate", "--verbosity", "0")
        manage("load_demo")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"{HOST}:{port}"),
            *("--worker-class", "gthread", "--threads", "8", "--log-level", "warning", "--graceful-timeout", "3"),
        ],
        cwd=ROOT,
    )
    worker = subprocess.Popen([sys.executable, "manage.py", "run_worker"], cwd=ROOT)
    processes = (server, worker)

    def stop(signum: int, frame: object) -> None:
        for process in processes:
            if process.poll() is None:
                process.terminate()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    if answers(port, server):
        sys.stdout.write(f"\n  http://{HOST}:{port}/   (Ctrl-C stops the portal)\n\n")
        sys.stdout.flush()
    while all(process.poll() is None for process in processes):
        time.sleep(0.2)
    stop(signal.SIGTERM, None)
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
    return 0 if all((process.returncode or 0) in (0, -signal.SIGTERM, -signal.SIGINT) for process in processes) else 1


if __name__ == "__main__":
    sys.exit(main())
