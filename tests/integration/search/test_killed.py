"""A check of the index that is killed, whenever, breaks nothing; the next one mends what is left."""

from pathlib import Path

import pytest

from tests.killing import copied_database, run_module

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_check_killed_at_any_moment_breaks_nothing(tmp_path: Path) -> None:
    with copied_database(tmp_path) as database:
        told = run_module("tests.integration.search.killing", str(tmp_path), database=database, folder=tmp_path)
    assert told["steps"] > 20
    assert told["killed"] == told["steps"]
    assert told["checked"] > told["steps"]
    assert told["wrong"] == []
    assert told["held"]
