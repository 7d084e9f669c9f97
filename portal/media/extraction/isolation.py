"""Reading a file in a process of its own, with limits, so that a hostile or broken file harms nothing but itself."""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from portal.files.content import Readable
from portal.media.extraction.limits import MAX_FILE_BYTES, MEMORY_BYTES, SECONDS
from portal.media.extraction.result import Extraction, Fault

PROJECT = Path(__file__).resolve().parents[3]


def extract_text(file: Readable, name: str = "", *, seconds: float = SECONDS) -> Extraction:
    """The text of an open file, from its beginning. The name is not trusted: the content says what the file is.

    Never raises for what is in the file: the fault says what was wrong.
    """
    with tempfile.TemporaryDirectory(prefix="portal-text-") as folder:
        path = Path(folder) / "file"
        file.seek(0)
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        if path.stat().st_size > MAX_FILE_BYTES:
            return Extraction([], Fault.TOO_LARGE)
        return _in_child(path, seconds)


def _in_child(path: Path, seconds: float) -> Extraction:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "portal.media.extraction", str(path)],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Extraction([], Fault.TOO_SLOW)
    if done.returncode:
        # Killed by a limit or crashed inside a library: the file cannot be read here.
        return Extraction([], Fault.UNREADABLE)
    answer = json.loads(done.stdout)
    return Extraction(answer["pages"], Fault(answer["fault"]))


def limit_this_process() -> None:
    """Cap memory, processor time and written files; called by the child before it touches the file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
