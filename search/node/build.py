"""Builds the local Elasticsearch node: fetches the server with Maven and compiles the launcher against it."""

import fcntl
import hashlib
import logging
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

logger = logging.getLogger(__name__)

HERE = Path(__file__).resolve().parent
POM = HERE / "pom.xml"
SOURCES = HERE / "java"
CACHE = HERE.parents[1] / ".cache" / "elasticsearch"

JAVA_RELEASE = 17
DEBIAN_PACKAGES = "maven and openjdk-17-jdk-headless (or default-jdk-headless)"


class BuildError(RuntimeError):
    """The node cannot be built here; the message says what is missing or what a tool said."""


def ensure_built(cache: Path = CACHE) -> Path:
    """Return the folder of the built node (``lib/*.jar`` and ``classes/``), building it on first use.

    The folder is named after the contents of pom.xml and of the sources, so a change of either builds anew and an
    unchanged tree costs milliseconds. Processes that call this at the same time wait for the first of them.

    Raises ``BuildError`` when Maven or a JDK is missing or fails.
    """
    built = cache / fingerprint()
    if built.is_dir():
        return built
    cache.mkdir(parents=True, exist_ok=True)
    with _only_one(cache / "lock"):
        if not built.is_dir():
            _build(built)
    return built


def class_path(built: Path) -> str:
    """The Java class path of a built node: its own classes first."""
    return os.pathsep.join([str(built / "classes"), str(built / "lib" / "*")])


def fingerprint() -> str:
    """Sixteen hexadecimal digits that change with pom.xml and with every source file."""
    digest = hashlib.sha256()
    for path in [POM, *_sources()]:
        digest.update(path.relative_to(HERE).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def java_tool(name: str) -> str:
    """The path of a JDK's tool, from ``JAVA_HOME`` if set, else from ``PATH``.

    Raises ``BuildError`` naming the packages to install.
    """
    home = os.environ.get("JAVA_HOME")
    found = shutil.which(name, path=str(Path(home) / "bin")) if home else shutil.which(name)
    if found is None:
        raise BuildError(_missing(f"{name} was not found" + (" under JAVA_HOME." if home else ".")))
    return found


def _sources() -> list[Path]:
    return sorted(SOURCES.rglob("*.java"))


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    """Hold an exclusive lock on a file; the system releases it even when the process is killed."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _build(built: Path) -> None:
    javac, maven = _check_javac(), _find_maven()
    logger.info("Building the local Elasticsearch node (once; Maven fetches about 45 MB) …")
    with tempfile.TemporaryDirectory(dir=built.parent, prefix="build-") as folder:
        unfinished = Path(folder) / "node"
        _run(
            maven,
            "--batch-mode",
            "--quiet",
            f"--file={POM}",
            "dependency:copy-dependencies",
            "-DincludeScope=runtime",
            f"-DoutputDirectory={unfinished / 'lib'}",
        )
        _run(
            javac,
            f"--release={JAVA_RELEASE}",
            "-encoding",
            "UTF-8",
            "-proc:none",
            "-cp",
            str(unfinished / "lib" / "*"),
            "-d",
            str(unfinished / "classes"),
            *map(str, _sources()),
        )
        # Whole or not at all: nobody ever sees a half-built node.
        unfinished.rename(built)


def _check_javac() -> str:
    javac = java_tool("javac")
    said = subprocess.run([javac, "-version"], capture_output=True, text=True, check=False)
    version = re.search(r"javac (\d+)", said.stdout + said.stderr)
    if version is None or int(version[1]) < JAVA_RELEASE:
        raise BuildError(_missing(f"The JDK is too old ({(said.stdout or said.stderr).strip()})."))
    return javac


def _find_maven() -> str:
    maven = shutil.which("mvn")
    if maven is None:
        raise BuildError(_missing("mvn was not found."))
    return maven


def _missing(what: str) -> str:
    return (
        f"{what} The local Elasticsearch node needs Maven and a JDK of version {JAVA_RELEASE} or later; "
        f"on Debian install {DEBIAN_PACKAGES}."
    )


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip()[-4000:]
        raise BuildError(f"{Path(command[0]).name} failed while building the Elasticsearch node:\n{said}")
