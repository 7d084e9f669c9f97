"""What takes long to make and is the same for every test, made once: a migrated database, the demonstration's data.

It lies in ``var/test-cache`` under the digest of everything it is made from, and is only ever copied.
"""

import datetime
import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "var" / "test-cache"
SOURCES = ("portal", "forms", "home", "search", "locale", "templates")
IMPORTED = re.compile(r"(?:from|import) ((?:portal|forms|home|search)[\w.]*)")
PORTAL_TIME = ZoneInfo("Asia/Shanghai")
"""Named, not left to the process: where Django has been set up it is this, elsewhere the machine's."""
DATABASE = "portal.sqlite3"
"""Where the server for development has it in its data folder."""

SESSION_OF = "session-of-{}"
"""The key of the session that is kept of an account, by its user name."""
_SESSIONS = f"""
import datetime
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from portal.accounts.models import User
for user in User.objects.filter(is_active=True):
    client = Client()
    client.force_login(user)
    until = timezone.now() + datetime.timedelta(days=5)
    Session.objects.save({SESSION_OF!r}.format(user.username), dict(client.session.items()), until)
"""


@cache
def everything() -> str:
    """The digest of every source file, and of the portal's today: the demonstration's dates are reckoned from it."""
    files = [ROOT / "requirements.txt", ROOT / "manage.py"]
    for name in SOURCES:
        files += (path for path in (ROOT / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return _digest(files, str(datetime.datetime.now(PORTAL_TIME).date()))


@cache
def migrations() -> str:
    """The digest of all migrations and what they import of the project, of the settings, and of the packages."""
    found = [path for name in SOURCES for path in (ROOT / name).rglob("migrations/*.py")]
    used = {module for path in found for module in IMPORTED.findall(path.read_text(encoding="utf-8"))}
    settings = (ROOT / "portal" / "settings").glob("*.py")
    return _digest([*found, *settings, *(file for one in used for file in _files(one)), ROOT / "requirements.txt"])


def _files(module: str) -> list[Path]:
    """Those of a module or a package of the project."""
    place = ROOT.joinpath(*module.split("."))
    return [*place.glob("*.py"), *(path for path in [place.with_suffix(".py")] if path.exists())]


def _digest(files: Iterable[Path], *more: str) -> str:
    found = hashlib.sha256(" ".join((sys.version, *more)).encode())
    for path in sorted(set(files)):
        found.update(f"{path.relative_to(ROOT)}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:24]


def kept(name: str, digest: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name and digest, made by `make` in an empty one unless it is there; others wait meanwhile."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = CACHE / f"{name}-{digest}"
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
    return kept("migrated", migrations(), _migrate) / DATABASE


def _migrate(folder: Path) -> None:
    file = folder / DATABASE
    url = f"sqlite:///{file}"
    manage("migrate", "--verbosity", "0", DJANGO_SETTINGS_MODULE="portal.settings.test", PORTAL_DATABASE_URL=url)
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
    connection.close()


def demonstration() -> Path:
    """A data folder as the first `make run` leaves it once its worker has nothing more to do."""
    return kept("demonstration", everything(), _demonstrate)


def sessions() -> tuple[str, ...]:
    """The management command that opens a session for every account, which lasts for days; tests copy it."""
    return ("shell", "--no-imports", "-c", _SESSIONS)


def _demonstrate(folder: Path) -> None:
    shutil.copyfile(migrated(), folder / DATABASE)
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "PORTAL_DATA_DIR": str(folder)}
    manage("migrate", "--verbosity", "0", **settings)
    manage("load_demo", **settings)
    manage("run_worker", "--batch", **settings)
    manage(*sessions(), **settings)
