"""Where the files of exports lie: in the private storage, each attempt under a name of its own."""

import datetime
import hashlib
import os
import time
import uuid
from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages

FOLDER = "exports"
UNFINISHED = ".part"


def storage() -> FileSystemStorage:
    """The private storage, which is a folder: files are written in place and renamed in one step."""
    found = storages["private"]
    if not isinstance(found, FileSystemStorage):
        raise TypeError("exports are written into a folder")
    return found


def begun(export: uuid.UUID, claim: uuid.UUID) -> Path:
    """A new place for the file of an attempt."""
    path = Path(storage().path(f"{FOLDER}/{export.hex}-{claim.hex}{UNFINISHED}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    return path


def put_in_place(begun_at: Path, extension: str) -> str:
    """Make the file whole under its name, in one step; gives the name in the storage."""
    with begun_at.open("rb") as file:
        os.fsync(file.fileno())
    final = begun_at.with_suffix(f".{extension}")
    begun_at.replace(final)
    return f"{FOLDER}/{final.name}"


def measured(path: Path) -> tuple[int, str]:
    """Size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


def remove(name: str) -> None:
    """Delete a file; one that is not there is no fault."""
    if name:
        storage().delete(name)


def sweep(kept: set[str], *, older_than: datetime.timedelta) -> int:
    """Delete what no export names: left behind by workers that died; gives how many."""
    folder, removed = Path(storage().path(FOLDER)), 0
    if not folder.is_dir():
        return 0
    for path in folder.iterdir():
        if f"{FOLDER}/{path.name}" not in kept and time.time() - path.stat().st_mtime > older_than.total_seconds():
            path.unlink(missing_ok=True)
            removed += 1
    return removed
