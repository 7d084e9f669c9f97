"""Saved searches that are written by several at once: nobody waits for somebody who waits for them."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from portal.accounts.models import User
from search.saving.enums import Cadence
from search.saving.models import NewResult, SavedSearch
from search.saving.results import mark_seen
from search.saving.services import remove
from search.saving.telling import tell
from tests.factories.home import PolicyPageFactory
from tests.integration.search.saving.library import alert, kept, make_due, told

pytestmark = pytest.mark.django_db(transaction=True)


def _look_at(search: SavedSearch) -> None:
    mark_seen(search=search, shown=list(search.results.all()))


def _delete(search: SavedSearch) -> None:
    remove(search=search)


def _tell(search: SavedSearch) -> None:
    list(tell())
    assert len(told(search.user)) == 1


@pytest.mark.parametrize("act", [_look_at, _delete, _tell])
def test_whoever_finds_something_anew_is_not_locked_in(staff: User, act: Callable[[SavedSearch], None]) -> None:
    search, other = kept(staff, "q=救助", Cadence.DAILY), kept(staff, "q=撤回", Cadence.DAILY)
    PolicyPageFactory(title="救助办法")
    gone = PolicyPageFactory(title="撤回的通知")
    alert()
    gone.unpublish()
    make_due(search, other)
    if connection.vendor != "postgresql":
        # SQLite lets one transaction write at a time from its first statement on.
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        return

    def apart() -> None:
        try:
            act(search)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            # As `add_results` does it: the search first, its results then.
            list(SavedSearch.objects.select_for_update().order_by("pk"))
            waits = pool.submit(apart)
            _until_it_waits(waits)
            NewResult.objects.update(found_at=timezone.now())
        waits.result(timeout=30)


def _until_it_waits(one: "Future[None]") -> None:
    with connection.cursor() as cursor:
        waiting = 0
        while not waiting and not one.done():
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            waiting = cursor.fetchone()[0]
