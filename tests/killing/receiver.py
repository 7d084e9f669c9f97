"""A receiver of web hooks in a process of its own: it notes every message in a file and says that it has it."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any


@contextmanager
def receiver(notes: Path) -> Iterator[str]:
    """Its address, while it listens. Call it before the process has opened anything that forks must not share."""
    notes.touch()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or "null")
            if said is None:  # whoever sent it was killed after the headers
                return
            line = {"key": self.headers["Idempotency-Key"], "id": said["id"], "report": said["report"]["id"]}
            with notes.open("a") as file:
                file.write(json.dumps(line) + "\n")
            self.send_response(204)
            self.end_headers()

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:  # whoever sent it has been killed
                return

        def log_message(self, *args: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    child = os.fork()
    if child == 0:
        server.serve_forever()
        os._exit(0)
    server.server_close()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def received(notes: Path) -> list[dict[str, Any]]:
    """What has arrived, in order."""
    return [json.loads(line) for line in notes.read_text().splitlines()]
