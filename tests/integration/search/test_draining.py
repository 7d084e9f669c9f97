"""The outbox: nothing is lost, whatever fails and whenever."""

import datetime
from collections.abc import Collection, Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from home.policies.models import PolicyPage
from search import draining, outbox
from search.documents import SearchDocument
from search.draining import drain
from search.engines.base import EngineUnavailableError, Rejected
from search.engines.embedded import EmbeddedEngine
from search.models import EngineFeed, IndexRebuild, OutboxEntry
from search.sources.pages import PolicySource
from tests.factories.home import PolicyPageFactory
from tests.integration.search.asking import found, settle, waiting

pytestmark = pytest.mark.django_db


def _away(*arguments: object) -> bool:
    raise EngineUnavailableError("away")


def _later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    moment = timezone.now() + datetime.timedelta(seconds=seconds)
    monkeypatch.setattr(draining.timezone, "now", lambda: moment)


def test_while_the_engine_is_away_changes_wait_and_are_applied_when_it_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    settle()
    with monkeypatch.context() as away:
        away.setattr(EmbeddedEngine, "ensure", _away)
        PolicyPageFactory(title="停机期间发布的办法")
        assert drain() == 0
        feed = EngineFeed.objects.get(pk="embedded")
        assert (feed.failures, bool(feed.away_since), bool(feed.error)) == (1, True, True)
        assert waiting()
    _later(monkeypatch, 3)
    assert drain() > 0
    assert found("停机期间") == ["停机期间发布的办法"]
    assert (waiting(), EngineFeed.objects.get(pk="embedded").failures) == (0, 0)


def test_an_engine_that_stays_away_is_asked_less_and_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EmbeddedEngine, "ensure", _away)
    pauses = []
    for failure in range(8):
        EngineFeed.objects.update(retry_at=None)
        drain()
        feed = EngineFeed.objects.get(pk="embedded")
        assert feed.retry_at is not None
        pauses.append((feed.retry_at - timezone.now()).total_seconds())
        assert drain() == 0
        assert EngineFeed.objects.get(pk="embedded").failures == failure + 1
    assert pauses[0] < pauses[1] < pauses[2]
    assert pauses[-1] <= 60


def test_a_document_that_cannot_be_read_is_set_aside_and_keeps_no_other_back(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = PolicyPageFactory(title="出错的办法")
    PolicyPageFactory(title="正常的办法")
    original = PolicySource.particulars

    def faulty(self: PolicySource, page: PolicyPage) -> dict[str, Any]:
        if page.pk == bad.pk:
            raise RuntimeError("broken")
        return original(self, page)

    with monkeypatch.context() as broken:
        broken.setattr(PolicySource, "particulars", faulty)
        settle()
        assert found("办法") == ["正常的办法"]
        for _attempt in range(6):
            OutboxEntry.objects.update(next_attempt_at=timezone.now())
            drain()
        aside = OutboxEntry.objects.filter(set_aside=True)
        assert {entry.object_pk for entry in aside} == {str(bad.pk)}
        assert "broken" in aside[0].error
        assert not OutboxEntry.objects.filter(set_aside=False).exists()
    bad.save_revision().publish()
    settle()
    assert set(found("办法")) == {"正常的办法", "出错的办法"}
    assert waiting() == 0


def test_a_document_the_engine_refuses_is_put_off_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    original = EmbeddedEngine.replace

    def refusing(self: EmbeddedEngine, objects: Collection[str], documents: list[SearchDocument]) -> list[Rejected]:
        refused = [document for document in documents if document.title == "出错的办法"]
        original(self, objects, [document for document in documents if document not in refused])
        return [Rejected(document.object_id, "no room for it") for document in refused]

    monkeypatch.setattr(EmbeddedEngine, "replace", refusing)
    bad = PolicyPageFactory(title="出错的办法")
    PolicyPageFactory(title="正常的办法")
    settle()
    assert found("办法") == ["正常的办法"]
    left = OutboxEntry.objects.all()
    assert {entry.object_pk for entry in left} == {str(bad.pk)}
    assert all("no room" in entry.error for entry in left)


def test_something_unforeseen_while_writing_one_keeps_no_other_back(monkeypatch: pytest.MonkeyPatch) -> None:
    original = EmbeddedEngine.replace

    def failing(self: EmbeddedEngine, objects: Collection[str], documents: list[SearchDocument]) -> list[Rejected]:
        if any(document.title == "出错的办法" for document in documents):
            raise TypeError("unforeseen")
        return original(self, objects, documents)

    monkeypatch.setattr(EmbeddedEngine, "replace", failing)
    PolicyPageFactory(title="出错的办法")
    PolicyPageFactory(title="正常的办法")
    settle()
    assert found("办法") == ["正常的办法"]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_worker_killed_in_the_middle_loses_nothing(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    settle()
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    original = EmbeddedEngine.replace

    def killed(self: EmbeddedEngine, *arguments: Any) -> list[Rejected]:
        if moment == "after":
            original(self, *arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(EmbeddedEngine, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            drain()
    assert waiting()
    settle()
    assert found("救助管理") == ["流浪乞讨人员救助管理办法"]
    assert waiting() == 0


def test_a_change_during_indexing_is_indexed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    settle()
    page = PolicyPageFactory(title="旧标题文字")
    original = PolicySource.documents

    def changing(self: PolicySource, pks: Collection[str]) -> Iterator[SearchDocument]:
        documents = list(original(self, pks))
        if PolicyPage.objects.get(pk=page.pk).title == "旧标题文字":
            fresh = PolicyPage.objects.get(pk=page.pk)
            fresh.title = "新题目内容"
            fresh.save_revision().publish()
        yield from documents

    monkeypatch.setattr(PolicySource, "documents", changing)
    drain()
    assert found("新题目") == ["新题目内容"]
    assert found("旧标题") == []


def test_while_one_process_feeds_an_engine_another_leaves_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(draining, "exclusive", lambda name: nullcontext(False))
        assert drain() == 0
        assert waiting()
    settle()
    assert found("救助管理") == ["流浪乞讨人员救助管理办法"]


def test_an_index_that_is_gone_is_made_anew_with_everything_in_it(settings: Settings) -> None:
    PolicyPageFactory(title="流浪乞讨人员救助管理办法")
    settle()
    settings.PORTAL_SEARCH_EMBEDDED_PATH = settings.PORTAL_SEARCH_EMBEDDED_PATH.with_name("new.sqlite3")
    settle()
    assert found("救助管理") == ["流浪乞讨人员救助管理办法"]


def test_entries_for_engines_that_are_no_more_are_removed() -> None:
    outbox.note_for("elasticsearch", [("policy", "1")])
    outbox.note_for("embedded", [("kind-of-yore", "1")])
    drain()
    assert waiting() == 0


def test_what_is_noted_for_a_rebuild_that_begins_just_now_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    original = draining._destinations

    def begun_meanwhile() -> list[str]:
        names = original()
        rebuild = IndexRebuild.objects.create(engine="embedded", target="new")
        outbox.note_for(rebuild.destination, [("policy", "1")])
        return names

    monkeypatch.setattr(draining, "_destinations", begun_meanwhile)
    monkeypatch.setattr(draining, "engine_names", lambda: ())
    monkeypatch.setattr(draining.unfinished, "end_dead", lambda: None)
    drain()
    assert OutboxEntry.objects.filter(destination="embedded/new").exists()


def test_many_changes_are_applied_in_one_run() -> None:
    settle()
    outbox.note("policy", range(1_000_000, 1_000_350))
    assert drain() == 350
    assert waiting() == 0
