"""The worker killed (SIGKILL) before every one of its steps, in processes of its own on a database of its own."""

from pathlib import Path
from typing import Any

import pytest

from tests.killing import copied_database, run_module

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE = 3


@pytest.fixture
def counted(tmp_path: Path) -> dict[str, Any]:
    """What is there after all the killing."""
    mails = tmp_path / "data" / "mails"
    mails.mkdir(parents=True)
    with copied_database(tmp_path) as database:
        module = "tests.integration.notifications.killing"
        found: dict[str, Any] = run_module(module, str(mails), database=database, folder=tmp_path / "data")
    return found


def test_whatever_step_kills_the_worker_everybody_is_told_once_and_no_mail_comes_twice(
    counted: dict[str, Any],
) -> None:
    people = counted["reports"] * PEOPLE
    assert counted["killed"] == counted["steps"] > 20
    assert len(counted["told"]) == people
    assert set(counted["told"].values()) == {1}
    assert set(counted["mails"].values()) == {1}
    states = counted["states"]
    assert set(states) == {"sent", "unknown"}
    assert sum(states.values()) == people
    assert states["sent"] <= len(counted["mails"]) <= states["sent"] + states["unknown"]
    assert states["unknown"] < counted["reports"] / 2  # only what was under way when its worker died
