"""The worker killed (SIGKILL) between all its steps, in processes of its own on a database of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.factories.reminders import owing
from tests.integration.notifications.killing import POINTS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
REPORTS = len(POINTS)
PEOPLE = 3


def database_for_others(folder: Path) -> str:
    """The address of the test's database; SQLite in memory is copied into a file."""
    if connection.vendor == "postgresql":
        found = connection.settings_dict
        return f"postgres://{found['USER']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
    path = folder / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return f"sqlite:///{path}"


@pytest.fixture
def counted(tmp_path: Path) -> dict[str, Any]:
    """What is there after all the killing."""
    for _ in range(REPORTS):
        owing()
    mails = tmp_path / "mails"
    mails.mkdir()
    environment = os.environ | {
        "PORTAL_DATABASE_URL": database_for_others(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.notifications.killing", str(mails)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_whatever_step_kills_the_worker_everybody_is_told_once_and_no_mail_comes_twice(
    counted: dict[str, Any],
) -> None:
    assert counted["killed"] == len(POINTS)
    assert len(counted["told"]) == REPORTS * PEOPLE
    assert set(counted["told"].values()) == {1}
    assert set(counted["mails"].values()) == {1}
    states = counted["states"]
    assert set(states) == {"sent", "unknown"}
    assert sum(states.values()) == REPORTS * PEOPLE
    assert states["sent"] <= len(counted["mails"]) <= states["sent"] + states["unknown"]
    assert states["unknown"] < REPORTS  # only what was under way when its worker died
