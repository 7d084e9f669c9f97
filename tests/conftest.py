"""What every test may use."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import TransactionTestCase
from hypothesis import settings

from portal.audit import protection
from portal.ops.garbage import collect_less
from tests.services.kept import migrated

# A machine that is busy with other tests is no defect of the rule under test.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")

flush: Callable[[TransactionTestCase], Any] = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def flush_audit_log_too(self: TransactionTestCase) -> Any:
    """SQLite empties tables by DELETE, which the audit log's triggers refuse; let it, between tests."""
    if connection.vendor == "sqlite" and protection.TABLE in connection.introspection.table_names():
        protection.remove(connection)
        try:
            return flush(self)
        finally:
            protection.install(connection)
    return flush(self)


TransactionTestCase._fixture_teardown = flush_audit_log_too  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """SQLite in a file where a browser is served: its page asks for several things at once, each in a thread.

    Threads that share SQLite's memory share one connection, with its one transaction.
    """
    if any("live_server" in getattr(item, "fixturenames", ()) for item in request.session.items):
        for database in connections.databases.values():
            if database["ENGINE"].endswith("sqlite3"):
                database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    if connection.vendor == "sqlite":
        _begin_migrated()


def _begin_migrated() -> None:
    """Let the test database begin as a copy of one on which the migrations have been run; running them takes long.

    `migrate` is still called, and would run what the copy lacks.
    """
    creation: Any = connection.creation
    create = creation._create_test_db

    def create_and_fill(*arguments: Any, **named: Any) -> str:
        name = str(create(*arguments, **named))
        in_memory = name.startswith("file:")
        target = sqlite3.connect(name, uri=in_memory)
        with closing(sqlite3.connect(migrated())) as source:
            source.backup(target)
        if in_memory:
            _memory.append(target)
        else:
            target.close()
        return name

    creation._create_test_db = create_and_fill


_memory: list[sqlite3.Connection] = []
"""Whoever is connected keeps the database in memory alive."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first, or one worker would be busy with them at the end while the other has none left."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_collection_finish() -> None:
    """What has been imported stays until the end."""
    collect_less()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rates and lock-outs of one test do not reach the next."""
    yield
    cache.clear()
