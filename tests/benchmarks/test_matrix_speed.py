"""The matrix of 60 units × 24 periods × 10 requirements over 1,000,000 reports, against the same over 10,000."""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import psycopg
import pytest

from tests.services import LocalPostgres

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
MOST_QUERIES, MOST_TIMES = 6, 1.5
CELLS = 60 * 24 * 10


class Runner:
    """A process with one seeded database."""

    def __init__(self, url: str, submissions: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.matrix_runner", str(submissions)],
            cwd=ROOT, env=os.environ | {"PORTAL_DATABASE_URL": url}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.stored = self._line()

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def ask(self, when: str) -> dict[str, float]:
        """Measure once."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{when}\n")
        self.process.stdin.flush()
        found: dict[str, float] = json.loads(self._line())
        return found

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()


@pytest.mark.slow
@pytest.mark.services
def test_a_hundred_times_more_reports_take_about_as_long() -> None:
    with LocalPostgres() as postgres:
        environment = os.environ | {
            "PORTAL_DATABASE_URL": postgres.url,
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        }
        subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=environment, check=True)
        server = postgres.url.rsplit("/", 1)[0]
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE small TEMPLATE portal")
        runners = Runner(f"{server}/small", 10_000), Runner(postgres.url, 1_000_000)
        try:
            for when in ("now", "past"):
                compare(when, *runners)
        finally:
            for runner in runners:
                runner.stop()


def compare(when: str, small: Runner, big: Runner) -> None:
    """One after the other, again and again: whatever else the machine does meets both."""
    for runner in (small, big):
        runner.ask(when)
    rounds = [(small.ask(when), big.ask(when)) for _ in range(ROUNDS)]
    few, many = (median(pair[number]["seconds"] for pair in rounds) for number in (0, 1))
    ratio = median(pair[1]["seconds"] / pair[0]["seconds"] for pair in rounds)
    print(
        f"\n{when}: {few:.3f} s over {small.stored}, {many:.3f} s over {big.stored}; {ratio:.2f} times; "
        f"asking {median(pair[1]['asking'] for pair in rounds):.3f} s; {rounds[0][1]}"
    )
    assert all(one["queries"] <= MOST_QUERIES for pair in rounds for one in pair)
    cells = CELLS if when == "now" else CELLS * 3 // 4  # then, the last periods were not expected yet
    assert all(one["cells"] >= cells for pair in rounds for one in pair)
    assert ratio <= MOST_TIMES
