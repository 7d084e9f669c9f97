"""What every test may use."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings

from portal.audit import protection

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


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rates and lock-outs of one test do not reach the next."""
    yield
    cache.clear()
