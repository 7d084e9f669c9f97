"""What takes long to make and is the same for every test, made once: a migrated database, the demonstration's data.

It lies in ``var/test-cache`` under the digest of everything it is made from, and is only ever copied.
"""

import datetime
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "var" / "test-cache"
SOURCES = ("portal", "forms", "home", "search", "locale", "templates", "requirements.txt", "manage.py")
DATABASE = "portal.sqlite3"
"""Where the server for development has it in its data folder."""


@cache
def digest() -> str:
    """Of every source file, and of today: the demonstration's dates are reckoned from it."""
    found = hashlib.sha256(f"{sys.version} {datetime.date.today()}".encode())
    for name in SOURCES:
        place = ROOT / name
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(ROOT)}\n".encode())
                found.update(path.read_bytes())
    return found.hexdigest()[:24]


def kept(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name, made by `make` in an empty folder unless it is there; others wait meanwhile."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = CACHE / f"{name}-{digest()}"
        if not made.exists():
            for outdated in CACHE.glob(f"{name}-*"):
                shutil.rmtree(outdated, ignore_errors=True)
            making = Path(tempfile.mkdtemp(prefix="making-", dir=CACHE))
            try:
                make(making)
                making.rename(made)
            finally:
                shutil.rmtree(making, ignore_errors=True)
    return made


def manage(*arguments: str, **environment: str) -> None:
    """Run a management command with only these settings of the portal; CalledProcessError when it fails."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DJANGO_"))}
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=plain | environment, check=True, capture_output=True
    )


def migrated() -> Path:
    """An SQLite file on which every migration has been run, and nothing else."""
    return kept("migrated", _migrate) / DATABASE


def _migrate(folder: Path) -> None:
    file = folder / DATABASE
    url = f"sqlite:///{file}"
    manage("migrate", "--verbosity", "0", DJANGO_SETTINGS_MODULE="portal.settings.test", PORTAL_DATABASE_URL=url)
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
    connection.close()


def demonstration() -> Path:
    """A data folder as the first `make run` leaves it once its worker has nothing more to do."""
    return kept("demonstration", _demonstrate)


def _demonstrate(folder: Path) -> None:
    shutil.copyfile(migrated(), folder / DATABASE)
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "PORTAL_DATA_DIR": str(folder)}
    manage("migrate", "--verbosity", "0", **settings)
    manage("load_demo", **settings)
    manage("run_worker", "--batch", **settings)
