"""A proxy that passes on what a node says, at once or after a while."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress


class SlowProxy:
    """Forwards connections to a port of this machine; answers wait so many seconds unless it is `quick`."""

    def __init__(self, port: int, *, seconds: float) -> None:
        self.quick = threading.Event()
        self.quick.set()
        self._port = port
        self._seconds = seconds
        self._listening = socket.create_server(("127.0.0.1", 0))

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    @contextmanager
    def running(self) -> Iterator["SlowProxy"]:
        """Listen within this block."""
        threading.Thread(target=self._accept, daemon=True).start()
        with closing(self._listening):
            yield self
        self.quick.set()

    def _accept(self) -> None:
        with suppress(OSError):  # closed at the end
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                for source, target, waits in ((near, far, False), (far, near, True)):
                    threading.Thread(target=self._pass, args=(source, target, waits), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, waits: bool) -> None:
        with suppress(OSError):  # whoever asked has gone
            while content := source.recv(65536):
                if waits:
                    self.quick.wait(self._seconds)
                target.sendall(content)
        for side in (source, target):
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
                side.close()
