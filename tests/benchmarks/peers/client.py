"""A client that costs little: one connection each, standard library only, the same for both servers."""

import http.client
import threading
import time
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str
    headers: Mapping[str, str]
    seconds: float


@dataclass
class Browser:
    """One person's connection, with cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=900)

    def ask(self, method: str, address: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """One request, answered wholly."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookie, "Referer": f"http://127.0.0.1:{self.port}{address}", **(headers or {})}
        begun = time.perf_counter()
        self.connection.request(method, address, body=body or None, headers=sent)
        response = self.connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - begun
        for line in response.headers.get_all("Set-Cookie") or ():
            name, value = line.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        return Answer(response.status, content.decode(errors="replace"), dict(response.headers), seconds)

    def get(self, address: str) -> Answer:
        """Read a page."""
        return self.ask("GET", address)

    def post(self, address: str, fields: Mapping[str, object]) -> Answer:
        """Send a form."""
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        return self.ask("POST", address, body, {"Content-Type": "application/x-www-form-urlencoded"})


@dataclass(frozen=True)
class Load:
    """What so many people at once were served."""

    done: int
    failed: int
    seconds: float
    latencies: Sequence[float]

    @property
    def rate(self) -> float:
        """Per second."""
        return self.done / self.seconds

    def __str__(self) -> str:
        middle, worst = median(self.latencies) * 1000, max(self.latencies) * 1000
        return (
            f"{self.rate:.1f}/s ({self.done} done, {self.failed} failed, median {middle:.0f} ms, worst {worst:.0f} ms)"
        )


def load(people: Sequence[Callable[[], bool]], each: int) -> Load:
    """Every one of the people does the same so many times, all at once; each says whether it was done."""
    told: list[tuple[bool, float]] = []

    def work(act: Callable[[], bool]) -> None:
        for _ in range(each):
            begun = time.perf_counter()
            done = act()
            told.append((done, time.perf_counter() - begun))

    threads = [threading.Thread(target=work, args=(act,)) for act in people]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    done = sum(ok for ok, _ in told)
    return Load(done, len(told) - done, seconds, [spent for _, spent in told])
