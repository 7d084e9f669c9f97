"""A new index, filled while work goes on."""

import datetime
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from home.policies.models import PolicyPage
from search import outbox
from search.documents import SearchDocument
from search.draining import drain, lock_name, make_ready
from search.engines.base import EngineUnavailableError, Query, Rejected
from search.engines.embedded.engine import EmbeddedEngine, EmbeddedRebuild
from search.models import IndexRebuild, OutboxEntry
from search.rebuilding import rebuild
from search.sources.pages import PolicySource
from tests.factories.home import PolicyPageFactory
from tests.integration.search.asking import found, gets_lock_elsewhere, settle, waiting

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def test_the_new_index_holds_everything(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(3):
        PolicyPageFactory(title=f"救助管理办法之{number}")
    settle()
    call_command("rebuild_index", "--json")
    (result,) = json.loads(capsys.readouterr().out)
    assert (result["engine"], result["documents"], result["set_aside"]) == ("embedded", 3, 0)
    assert len(found("救助管理")) == 3
    assert not IndexRebuild.objects.exists()


def test_where_there_was_no_index_nothing_is_written_twice() -> None:
    PolicyPageFactory(title="救助管理办法")
    assert rebuild("embedded").documents == 1
    assert waiting() == 0
    assert found("救助管理") == ["救助管理办法"]


def test_while_a_rebuild_makes_the_missing_index_no_worker_makes_another(monkeypatch: pytest.MonkeyPatch) -> None:
    may_feed = []

    def make(found: EmbeddedEngine) -> datetime.datetime | None:
        may_feed.append(gets_lock_elsewhere(lock_name("embedded")))
        return make_ready(found)

    monkeypatch.setattr("search.rebuilding.make_ready", make)
    rebuild("embedded")
    assert may_feed == [False]


def test_what_the_index_held_wrongly_is_gone_afterwards() -> None:
    PolicyPageFactory(title="救助管理办法")
    settle()
    stray = SearchDocument("policy:9999", "policy", "不再存在的文件", "/x/", frozenset({"public"}))
    EmbeddedEngine(_path()).replace((), [stray])
    assert found("不再存在") == ["不再存在的文件"]
    rebuild("embedded")
    assert found("不再存在") == []
    assert found("救助管理") == ["救助管理办法"]


def test_changes_made_meanwhile_are_in_the_new_index(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [PolicyPageFactory(title=f"原有文件之{number}") for number in range(4)]
    settle()
    original = EmbeddedRebuild.load
    done: list[bool] = []

    def busy(self: EmbeddedRebuild, documents: Sequence[SearchDocument]) -> list[Rejected]:
        if not done:
            done.append(True)
            changed = PolicyPage.objects.get(pk=pages[0].pk)
            changed.title = "重建期间修改"
            changed.save_revision().publish()
            pages[1].unpublish()
            pages[2].delete()
            PolicyPageFactory(title="重建期间新发")
            # The old index goes on being fed, and answers.
            drain()
            assert set(found("重建期间")) == {"重建期间修改", "重建期间新发"}
        return original(self, documents)

    monkeypatch.setattr(EmbeddedRebuild, "load", busy)
    rebuild("embedded")
    assert set(found("重建期间")) == {"重建期间修改", "重建期间新发"}
    assert found("原有文件") == ["原有文件之3"]
    drain()
    assert waiting() == 0


def test_a_change_that_waits_while_the_index_is_switched_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    settle()
    original = EmbeddedRebuild.switch

    def late(self: EmbeddedRebuild) -> None:
        PolicyPageFactory(title="切换之际发布")
        original(self)

    monkeypatch.setattr(EmbeddedRebuild, "switch", late)
    rebuild("embedded")
    settle()
    assert found("切换之际") == ["切换之际发布"]


def test_searches_are_answered_all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        PolicyPageFactory(title=f"救助管理办法之{number}")
    settle()
    counts: set[int] = set()
    stop = threading.Event()
    engine = EmbeddedEngine(_path())

    def ask() -> None:
        while not stop.is_set():
            counts.add(engine.search(Query(tokens=frozenset({"public"}), text="救助管理")).total)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for _ in range(3):
            rebuild("embedded")
    finally:
        stop.set()
        asking.join()
    assert counts == {30}


def test_a_failed_rebuild_leaves_the_old_index_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    PolicyPageFactory(title="救助管理办法")
    settle()

    def away(self: EmbeddedRebuild, documents: Sequence[SearchDocument]) -> list[Rejected]:
        raise EngineUnavailableError("away")

    monkeypatch.setattr(EmbeddedRebuild, "load", away)
    with pytest.raises(CommandError, match="as it was"):
        call_command("rebuild_index")
    assert found("救助管理") == ["救助管理办法"]


def _stopped(monkeypatch: pytest.MonkeyPatch, *, after: int) -> None:
    """A rebuild whose engine goes away when so many batches of one page have been written."""
    monkeypatch.setattr("search.rebuilding.BATCH", 1)
    original = EmbeddedRebuild.load
    written: list[int] = []

    def going(self: EmbeddedRebuild, documents: Sequence[SearchDocument]) -> list[Rejected]:
        if len(written) == after:
            raise EngineUnavailableError("away")
        written.append(len(documents))
        return original(self, documents)

    with monkeypatch.context() as away:
        away.setattr(EmbeddedRebuild, "load", going)
        with pytest.raises(EngineUnavailableError):
            rebuild("embedded")


def _rebuilt(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    capsys.readouterr()
    call_command("rebuild_index", "--json", *options)
    (result,) = json.loads(capsys.readouterr().out)
    found_result: dict[str, Any] = result
    return found_result


def test_a_rebuild_that_stopped_is_taken_up_with_what_changed_since(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = [PolicyPageFactory(title=f"原有文件之{number}") for number in range(4)]
    settle()
    _stopped(monkeypatch, after=2)
    changed = PolicyPage.objects.get(pk=pages[0].pk)
    changed.title = "停顿期间修改"
    changed.save_revision().publish()
    pages[1].unpublish()
    settle()
    result = _rebuilt(capsys)
    assert (result["resumed"], result["taken_over"], result["documents"]) == (True, 2, 3)
    assert set(found("原有文件")) == {"原有文件之2", "原有文件之3"}
    assert found("停顿期间") == ["停顿期间修改"]
    settle()
    assert waiting() == 0
    assert _rebuilt(capsys)["resumed"] is False


def test_a_rebuild_that_stopped_is_begun_anew_when_told_to(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    PolicyPageFactory.create_batch(3)
    settle()
    _stopped(monkeypatch, after=2)
    result = _rebuilt(capsys, "--restart")
    assert (result["resumed"], result["taken_over"], result["documents"]) == (False, 0, 3)
    assert len(EmbeddedEngine(_path()).generations()) == 1


@pytest.mark.parametrize("differs", [{"making": "otherwise"}, {"alive_at": LONG_AGO}, {"target": "99"}])
def test_a_rebuild_that_cannot_be_taken_up_is_begun_anew(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], differs: dict[str, Any]
) -> None:
    PolicyPageFactory.create_batch(3)
    settle()
    _stopped(monkeypatch, after=2)
    IndexRebuild.objects.update(**differs)
    result = _rebuilt(capsys)
    assert (result["resumed"], result["taken_over"], result["documents"]) == (False, 0, 3)
    assert len(EmbeddedEngine(_path()).generations()) == 1
    assert not IndexRebuild.objects.exists()


def test_what_could_not_be_read_before_the_stop_stays_set_aside_until_it_changes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, mended, _ = (PolicyPageFactory(title=title) for title in ("出错的办法", "改好的办法", "正常的办法"))
    settle()
    original = PolicySource.particulars
    broken = [bad.pk, mended.pk]
    monkeypatch.setattr(
        PolicySource, "particulars", lambda self, page: original(self, page) if page.pk not in broken else 1 / 0
    )
    _stopped(monkeypatch, after=2)
    broken.remove(mended.pk)
    mended.save_revision().publish()
    settle()
    result = _rebuilt(capsys)
    assert (result["resumed"], result["documents"], result["set_aside"]) == (True, 2, 1)
    assert OutboxEntry.objects.get(set_aside=True).object_pk == str(bad.pk)


def test_what_nobody_has_taken_up_for_a_day_is_removed_by_the_worker() -> None:
    settle()
    engine = EmbeddedEngine(_path())
    target = engine.begin_rebuild().target
    left = IndexRebuild.objects.create(engine="embedded", target=target)
    PolicyPageFactory(title="救助管理办法")
    drain()
    assert OutboxEntry.objects.filter(destination=left.destination).exists()
    IndexRebuild.objects.update(alive_at=LONG_AGO)
    drain()
    assert waiting() == 0
    assert not IndexRebuild.objects.exists()
    assert engine.generations() != [int(target)]
    assert len(engine.generations()) == 1
    assert found("救助管理") == ["救助管理办法"]


def test_a_rebuild_killed_after_it_had_switched_is_ended_by_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    page = PolicyPageFactory(title="救助管理办法")
    settle()

    class KilledError(BaseException):
        pass

    def killed(row: IndexRebuild) -> None:
        raise KilledError

    with monkeypatch.context() as short:
        short.setattr("search.unfinished.settle", killed)
        with pytest.raises(KilledError):
            rebuild("embedded")
    row = IndexRebuild.objects.get()
    outbox.note_for(row.destination, [("policy", str(page.pk))])
    drain()
    assert not IndexRebuild.objects.exists()
    assert waiting() == 0
    assert found("救助管理") == ["救助管理办法"]


def test_a_page_that_cannot_be_read_is_set_aside_and_the_rest_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = PolicyPageFactory(title="出错的办法")
    PolicyPageFactory(title="正常的办法")
    original = PolicySource.particulars
    monkeypatch.setattr(
        PolicySource, "particulars", lambda self, page: original(self, page) if page.pk != bad.pk else 1 / 0
    )
    result = rebuild("embedded")
    assert (result.documents, result.set_aside) == (1, 1)
    assert OutboxEntry.objects.get(set_aside=True).object_pk == str(bad.pk)


def test_two_rebuilds_of_one_index_do_not_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    refused: list[str] = []
    original = EmbeddedRebuild.switch

    def second(self: EmbeddedRebuild) -> None:
        def try_it() -> None:
            try:
                call_command("rebuild_index")
            except CommandError as error:
                refused.append(str(error))
            finally:
                connection.close()

        other = threading.Thread(target=try_it)
        other.start()
        other.join()
        original(self)

    monkeypatch.setattr(EmbeddedRebuild, "switch", second)
    rebuild("embedded")
    assert len(refused) == 1


def _path() -> Path:
    return Path(settings.PORTAL_SEARCH_EMBEDDED_PATH)
