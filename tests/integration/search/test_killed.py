"""A check of the index that is killed, whenever, breaks nothing; the next one mends what is left."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection

from search.node import LocalNode
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


@pytest.mark.services
def test_a_rebuild_killed_at_any_moment_is_taken_up_and_loses_no_change(tmp_path: Path) -> None:
    """Each database with the engine that goes with it: SQLite with the embedded one, PostgreSQL with Elasticsearch."""
    on_cluster = connection.vendor == "postgresql"
    module, every = "tests.integration.search.rebuild_killing", "2" if on_cluster else "7"
    with ExitStack() as running:
        address = [running.enter_context(LocalNode()).url] if on_cluster else []
        database = running.enter_context(copied_database(tmp_path))
        told = run_module(module, str(tmp_path), every, *address, database=database, folder=tmp_path)
    assert told["steps"] > 20
    assert told["wrong"] == []
    assert told["left"] == 0
    assert told["resumed"] > told["killed"] / 3
    assert told["taken_over"] > told["resumed"]
