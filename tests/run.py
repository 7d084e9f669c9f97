"""Runs every check and test and says how many ran against what: ``python -m tests.run [all|fast|check|STAGE…]``."""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from search.node.build import ensure_built
from tests.services import LocalPostgres
from tests.services.kept import demonstration, migrated

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "var" / "test-reports"
BYTECODE = ROOT / "var" / "test-cache" / "bytecode"
PYTEST = [sys.executable, "-m", "pytest", "-q"]
MIGRATED = "migrated"
PARALLEL = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
"""File by file, in the order in which they were collected."""


@dataclass
class Tally:
    """How a stage went."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Stage:
    """A part of the suite, what it stands on, and how it is run."""

    name: str
    against: str
    run: Callable[[], Tally]


CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy", "."],
    ["djlint", "templates", "--lint", "--quiet"],
    ["lint-imports"],
    ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    ["python", "manage.py", "check", "--fail-level", "WARNING"],
]


def keep_bytecode() -> None:
    """What Python makes of a module is kept for the next process, beside the sources or not: hundreds are started."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(BYTECODE))
    sys.dont_write_bytecode, sys.pycache_prefix = False, os.environ["PYTHONPYCACHEPREFIX"]


def checks() -> Tally:
    """Every static check; each counts as one test."""
    tally = Tally()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    for command in CHECKS:
        program = Path(sys.executable).parent / command[0]
        done = subprocess.run(
            [program, *command[1:]], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {' '.join(command)}", flush=True)
        if done.returncode:
            print(done.stdout[-6000:], done.stderr[-3000:], sep="\n", flush=True)
            tally.failed += 1
        else:
            tally.passed += 1
    return tally


def pytest(name: str, *arguments: str, **environment: str) -> Tally:
    """Run pytest in a process of its own and count from its report."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    done = subprocess.run(
        [*PYTEST, *arguments, f"--junitxml={report}"], cwd=ROOT, env=os.environ | environment, check=False
    )
    tally = Tally()
    if report.exists():
        for suite in ET.parse(report).getroot().iter("testsuite"):
            total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            tally.passed += total - skipped - bad
            tally.failed += bad
            tally.skipped += skipped
    if done.returncode and not tally.failed:
        tally.failed = 1
        tally.notes.append(f"pytest ended with code {done.returncode}")
    return tally


class Ahead:
    """What the stages begin with, made beside the checks, which keep one core busy."""

    def __init__(self) -> None:
        self.stack = ExitStack()
        self.postgres: Future[LocalPostgres] | None = None

    def begin(self, names: set[str]) -> None:
        """Begin with what these stages need, what is needed first first."""
        worker = self.stack.enter_context(ThreadPoolExecutor(1))
        if "integration" in names or "browser" in names:
            worker.submit(migrated)
        if "postgresql" in names:
            self.postgres = worker.submit(self._postgres)
        if "browser" in names:
            worker.submit(demonstration)
        if "search" in names or "browser" in names:
            worker.submit(ensure_built)

    def _postgres(self) -> LocalPostgres:
        postgres = self.stack.enter_context(LocalPostgres())
        postgres.migrate(MIGRATED)
        return postgres


ahead = Ahead()


def on_postgres() -> Tally:
    """The integration tests once more, on a PostgreSQL of their own."""
    assert ahead.postgres
    databases = {"PORTAL_DATABASE_URL": ahead.postgres.result().url, "PORTAL_TEST_TEMPLATE": MIGRATED}
    return pytest("postgresql", "tests/integration", "-m", "not once", *PARALLEL, **databases)


STAGES = [
    Stage("checks", "source", checks),
    Stage("unit", "Python", lambda: pytest("unit", "tests/unit", *PARALLEL)),
    Stage("integration", "SQLite", lambda: pytest("sqlite", "tests/integration", *PARALLEL)),
    Stage("postgresql", "PostgreSQL", on_postgres),
    Stage("search", "Elasticsearch and the embedded engine", lambda: pytest("search", "tests/search", *PARALLEL)),
    Stage("browser", "Chromium", lambda: pytest("browser", "tests/browser", *PARALLEL)),
]
FAST = [
    Stage(
        "fast",
        "SQLite",
        lambda: pytest("fast", "tests/unit", "tests/integration", "-m", "not services and not slow", *PARALLEL),
    )
]


def main(wanted: list[str]) -> int:
    """Run the stages asked for; 1 when anything failed."""
    if wanted == ["fast"]:
        stages = FAST
    elif wanted == ["check"]:
        stages = STAGES[:1]
    else:
        stages = [stage for stage in STAGES if not wanted or stage.name in wanted or wanted == ["all"]]
    results = []
    keep_bytecode()
    with ahead.stack:
        ahead.begin({stage.name for stage in stages})
        for stage in stages:
            print(f"\n=== {stage.name} (against {stage.against})", flush=True)
            begun = time.monotonic()
            results.append((stage, stage.run(), time.monotonic() - begun))
    print("\nWhat ran:")
    for stage, tally, seconds in results:
        notes = "; ".join(tally.notes)
        print(
            f"  {stage.name:12} {tally.passed:5} passed {tally.failed:4} failed {tally.skipped:4} skipped"
            f"  {seconds:6.1f} s  against {stage.against}  {notes}"
        )
    passed = sum(tally.passed for _, tally, _ in results)
    failed = sum(tally.failed for _, tally, _ in results)
    print(f"\n{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
