"""The test's database for other processes, and running a module of the tests on it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection


def database_for_others(folder: Path) -> str:
    """The address of the test's database; SQLite in memory is copied into a file."""
    if connection.vendor == "postgresql":
        found = connection.settings_dict
        return f"postgres://{found['USER']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
    path = folder / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return f"sqlite:///{path}"


@contextmanager
def copied_database(folder: Path) -> Iterator[str]:
    """The address of a copy of the test's database, which is gone afterwards; nothing may be going on in it."""
    if connection.vendor != "postgresql":
        yield database_for_others(folder)
        return
    copy = f"{connection.settings_dict['NAME']}_copy"
    _on_the_server(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
    _on_the_server(f'CREATE DATABASE "{copy}" TEMPLATE "{connection.settings_dict["NAME"]}"')
    yield f"{database_for_others(folder).rpartition('/')[0]}/{copy}"
    _on_the_server(f'DROP DATABASE "{copy}" WITH (FORCE)')


def _on_the_server(statement: str) -> None:
    import psycopg

    connection.close()
    found = connection.settings_dict
    address = f"postgresql://{found['USER']}@{found['HOST']}:{found['PORT']}/postgres"
    with psycopg.connect(address, autocommit=True) as own:
        own.execute(statement)


def run_module(module: str, *arguments: str, database: str, folder: Path) -> Any:
    """What a module prints as JSON that is run on the database, with the folder for its data; its failure is ours."""
    environment = os.environ | {
        "PORTAL_DATABASE_URL": database,
        "PORTAL_TEST_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
